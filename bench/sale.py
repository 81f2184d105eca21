"""Bookings through the whole system: accounts, tokens and slots for a load, and a count of what was sold."""

from collections.abc import Sequence
from itertools import cycle
from typing import LiteralString

import orjson
import psycopg

from bench.arrivals import Arrivals, run_arrivals
from bench.citizens import make_citizens, sign_tokens
from bench.followers import Followers
from bench.http_load import Load, post, run_load
from tests.stack import Stack

CAPACITY = 32_000

_ONE_SLOT = """
    UPDATE slot SET capacity = %s WHERE slot_id = (
        SELECT slot_id FROM slot
        WHERE office = 'TRK' AND service = 'new' AND booked = 0 AND released_at <= now()
        ORDER BY starts_at DESC LIMIT 1)
    RETURNING slot_id
"""
_MANY_SLOTS = """
    INSERT INTO slot (slot_id, office, service, date, starts_at, ends_at, capacity, released_at)
    SELECT gen_random_uuid(), 'TRK', 'new', at::date, at, at + interval '15 minutes', %s, now()
    FROM generate_series(1, %s) n, LATERAL (SELECT date_trunc('day', now()) + interval '1 year' + n * interval
        '15 minutes') AS times (at)
    RETURNING slot_id
"""
_SOLD = """
    SELECT sum(booked), (SELECT count(*) FROM booking b WHERE b.slot_id = ANY(%(slot_ids)s))
    FROM slot WHERE slot_id = ANY(%(slot_ids)s)
"""


class Sale:
    """Sells places of a running system."""

    def __init__(self, stack: Stack, server_url: str) -> None:
        self.port = stack.ports.gateway
        self.database_url = server_url.rsplit("/", 1)[0] + "/booking"
        self._keys = stack.folder / "keys"
        self._followers = Followers(server_url)

    def open_slot(self) -> list[str]:
        """Give a slot that nobody booked more places than will be wanted; return its id."""
        return self._opened(_ONE_SLOT, CAPACITY)

    def open_slots(self, count: int) -> list[str]:
        """Make so many slots, each with more places than will be wanted; return their ids."""
        return self._opened(_MANY_SLOTS, CAPACITY, count)

    def requests(self, slot_ids: Sequence[str], count: int) -> list[bytes]:
        """Let so many new citizens want a place, slot after slot in turn."""
        people = make_citizens(self.database_url, count)
        bodies = [orjson.dumps({"slot_id": slot_id}) for slot_id in slot_ids]
        return [
            post("/v1/bookings", body, {"Authorization": f"Bearer {token}", "Idempotency-Key": person})
            for person, token, body in zip(
                people, sign_tokens(self._keys, people), cycle(bodies), strict=False
            )
        ]

    def sell(self, slot_ids: Sequence[str], count: int, *, clients: int) -> Load:
        """Sell so many places as fast as the clients get them; return when all services have heard of all."""
        before, heard = self.sold(slot_ids), self._followers.heard()
        load = run_load(self.port, self.requests(slot_ids, count), clients=clients)
        load.heard_seconds = load.seconds + self._followers.wait_for(heard + load.statuses[201])
        self.check(slot_ids, before + load.statuses[201])
        if load.statuses[201] != count:
            raise RuntimeError(f"{count} bookings asked, answered {dict(load.statuses)}")
        return load

    def flood(self, requests: Sequence[bytes], *, per_second: float) -> Arrivals:
        """Let requests arrive at a rate; return when all services have heard of what was sold."""
        heard = self._followers.heard()
        load = run_arrivals(self.port, requests, per_second=per_second)
        self._followers.wait_for(heard + sum(one.status == 201 for one in load.answers))
        return load

    def sold(self, slot_ids: Sequence[str]) -> int:
        """Count the bookings of slots."""
        return self._counts(slot_ids)[1]

    def check(self, slot_ids: Sequence[str], told: int) -> None:
        """Raise RuntimeError unless counters and rows say what the clients were told."""
        if (counts := self._counts(slot_ids)) != (told, told):
            raise RuntimeError(f"{told} bookings told, (booked, rows) = {counts}")

    def _counts(self, slot_ids: Sequence[str]) -> tuple[int, int]:
        with psycopg.connect(self.database_url) as connection:
            ((booked, rows),) = connection.execute(_SOLD, {"slot_ids": list(slot_ids)})
        return int(booked), int(rows)

    def _opened(self, statement: LiteralString, *values: int) -> list[str]:
        with psycopg.connect(self.database_url) as connection:
            opened = [str(slot_id) for (slot_id,) in connection.execute(statement, values)]
        if not opened:
            raise RuntimeError("no slot is left that nobody booked")
        return opened
