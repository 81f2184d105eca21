"""Office floors under load: kiosks that scan, counters that call and finish, all through HTTP.

Tickets and tokens are signed with the stack's own keys, as booking signs them, so that no booking's work is
in the figures.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import orjson
import psutil

from bench.arrivals import paced_p99
from bench.http_load import Load, post, run_load, run_scripts
from contracts.access import Access, AccessSigner
from contracts.keys import SigningKey
from contracts.ticket import Ticket, TicketSigner
from contracts.words import Role
from tests.stack import Stack

COUNTERS = 4
TICKETS = 300
"""A morning's tickets of one office."""
SCAN_OFFICES, SCANS_A_SECOND = 2, 20
"""Two kiosks in each of two offices, each held a ticket five times a second: twelve times what the halls of
the whole country have on average (115 offices, 300 tickets in six hours)."""
EVENTS_A_TICKET = 3
"""Scanned, called, served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What mornings took: events a second, and milliseconds of the system's processor time for each."""

    per_second: float
    cost: float


class Floors:
    """The floors of a running system's offices."""

    def __init__(self, stack: Stack) -> None:
        self._port = stack.ports.gateway
        self._system = psutil.Process(stack.up.pid)
        self._access = AccessSigner(_key(stack.folder / "keys" / "access-signing.jwk"))
        self._tickets = TicketSigner(_key(stack.folder / "keys" / "ticket-signing.jwk"))
        offices = stack.get("/v1/offices").json()["offices"]
        self._zones = {office["office"]: office["timezone"] for office in offices}
        self._empty = iter(sorted(self._zones))

    def scan_p99(self) -> float:
        """Return the p99 of milliseconds from a ticket held to a kiosk to the kiosk's answer.

        The halls are empty at first and then fill to a morning's tickets: each call takes offices of its own.
        """
        offices = list(islice(self._empty, SCAN_OFFICES))
        scans = [
            scan
            for each in zip(*(self._scans(code, TICKETS) for code in offices), strict=True)
            for scan in each
        ]
        return paced_p99(self._port, scans, status=201, per_second=SCANS_A_SECOND)

    def play(self, offices: int) -> Played:
        """Play a morning of so many offices, 300 tickets each, as fast as four connections can.

        The counters of all offices take turns, so that every office is at work all the time.
        """
        codes = sorted(self._zones)[:offices]
        tickets = offices * TICKETS
        scans = [
            scan
            for office in zip(*(self._scans(code, TICKETS) for code in codes), strict=True)
            for scan in office
        ]
        openings = [self._at_counter(code, counter, "open") for code in codes for counter in _COUNTERS]
        _require(run_load(self._port, openings, clients=COUNTERS), {200: len(openings)})
        before = self._processor_seconds()
        scanned = run_load(self._port, scans, clients=COUNTERS)
        _require(scanned, {201: tickets})
        served = run_scripts(self._port, [list(self._serving(codes, counter)) for counter in _COUNTERS])
        _require(served, {200: 2 * tickets})
        spent = self._processor_seconds() - before
        events = tickets * EVENTS_A_TICKET
        return Played(per_second=events / (scanned.seconds + served.seconds), cost=1000 * spent / events)

    def _serving(self, codes: Sequence[str], counter: int) -> Iterator[bytes]:
        calls = {code: self._at_counter(code, counter, "call") for code in codes}
        ends = {code: self._at_counter(code, counter, "finish") for code in codes}
        for _ in range(TICKETS // COUNTERS):
            for code in codes:
                yield calls[code]
                yield ends[code]

    def _scans(self, office: str, count: int) -> Iterator[bytes]:
        headers = self._signed_in(office, "kiosk")
        now = datetime.now(UTC).replace(microsecond=0)
        for _ in range(count):
            ticket = Ticket(
                booking_id=str(uuid.uuid4()),
                office=office,
                date=now.astimezone(ZoneInfo(self._zones[office])).date(),
                starts_at=now,
                minutes=60,
                service="new",
                priority="regular",
                version=1,
                expires_at=now + timedelta(days=1),
            )
            yield post(
                f"/v1/offices/{office}/scans", orjson.dumps({"ticket": self._tickets.sign(ticket)}), headers
            )

    def _at_counter(self, office: str, counter: int, deed: str) -> bytes:
        path = f"/v1/offices/{office}/counters/{counter}/{deed}"
        return post(path, b"{}", self._signed_in(office, "officer"))

    def _signed_in(self, office: str, role: Role) -> dict[str, str]:
        now = datetime.now(UTC)
        access = Access(
            subject=str(uuid.uuid4()),
            role=role,
            office=office,
            display_name=role,
            expires_at=now + timedelta(hours=1),
        )
        return {"Authorization": f"Bearer {self._access.sign(access, now=now)}"}

    def _processor_seconds(self) -> float:
        """Sum what all processes of the system have used, those of the servers among them."""
        used = [process.cpu_times() for process in self._system.children(recursive=True)]
        return float(sum(times.user + times.system for times in used))


_COUNTERS = range(1, COUNTERS + 1)


def _require(load: Load, statuses: dict[int, int]) -> None:
    if load.statuses != statuses:
        raise RuntimeError(f"{statuses} expected, answered {dict(load.statuses)}")


def _key(path: Path) -> SigningKey:
    return SigningKey.from_json(path.read_text())
