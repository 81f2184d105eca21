"""Bookings a second with years of bookings in the table, against a table that is new.

Two whole systems side by side, in turns: one of them has five million bookings of the past.
"""

import psycopg

from bench.sale import Sale
from cli.servers.postgres import Postgres
from tests.stack import Stack

CLIENTS = 64
BOOKINGS = 4_000

_FILL = (
    # Foreign keys hold by the way the rows are made; checking five million of them would take minutes.
    "SET session_replication_role = replica",
    "SET synchronous_commit = off",
    "SET maintenance_work_mem = '512MB'",
    "ALTER TABLE booking DROP CONSTRAINT booking_one_per_code, DROP CONSTRAINT booking_one_per_key",
    """
    CREATE TEMPORARY TABLE old AS
    SELECT
        n, gen_random_uuid() AS slot_id,
        date_trunc('day', now()) - interval '1 day' - n * interval '15 minutes' AS starts_at
    FROM generate_series(0, 19999) n
    """,
    """
    INSERT INTO slot (slot_id, office, service, date, starts_at, ends_at, capacity, booked, released_at)
    SELECT
        slot_id, 'TRK', 'new', starts_at::date, starts_at, starts_at + interval '15 minutes', 250, 250,
        starts_at - interval '14 days'
    FROM old
    """,
    """
    INSERT INTO booking (
        booking_id, code, person_id, slot_id, idempotency_key, display_name, office, service, priority,
        date, starts_at, ends_at, status, is_ahead, version, booked_at)
    SELECT
        uuidv7(), 'old-' || m, gen_random_uuid(), slot_id, gen_random_uuid()::text, 'Pak Andi', 'TRK', 'new',
        'regular', starts_at::date, starts_at, starts_at + interval '15 minutes', 'booked', false, 1,
        starts_at - interval '14 days'
    FROM generate_series(1, 5000000) m JOIN old ON old.n = m % 20000
    """,
    """
    ALTER TABLE booking
        ADD CONSTRAINT booking_one_per_code UNIQUE (code),
        ADD CONSTRAINT booking_one_per_key UNIQUE (person_id, idempotency_key)
    """,
    "VACUUM ANALYZE booking",
    "VACUUM ANALYZE slot",
    "CHECKPOINT",
)


class OldBookingsBench:
    """A system that is new, and one that has been in use for years."""

    def __init__(self, new: Stack, old: Stack) -> None:
        self._new = Sale(new, Postgres.in_use(new.folder / "postgres").url())
        self._old = Sale(old, Postgres.in_use(old.folder / "postgres").url())
        with psycopg.connect(self._old.database_url, autocommit=True) as connection:
            for statement in _FILL:
                connection.execute(statement)

    def with_old_bookings(self) -> float:
        """Return bookings a second on one hot slot, with five million bookings of the past."""
        return self._old.sell(self._old.open_slot(), BOOKINGS, clients=CLIENTS).per_second

    def with_none(self) -> float:
        """Return bookings a second on one hot slot of a system that is new."""
        return self._new.sell(self._new.open_slot(), BOOKINGS, clients=CLIENTS).per_second
