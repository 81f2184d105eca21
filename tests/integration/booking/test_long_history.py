"""What an office does among the bookings of years: none of it reads them all."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from contracts.events import BookingAffected, NoShowCounted, TicketServed
from contracts.requests.outages import ListOwnOutages
from services.booking.handlers import no_shows, outages, own_data
from services.booking.handlers.holds import end_closed_holds, expire_holds
from services.booking.handlers.returns import return_due_places
from services.booking.store import affected, payments
from tests.integration.booking.desk import NOW, Desk
from tests.integration.booking.paying import erasing
from tests.integration.booking.planning import TOMORROW, about, apply, plan, slot_ids
from tests.integration.booking.test_no_shows import RULE
from tests.integration.booking.test_visits import hear, ticket

_YEARS_OF_SLOTS = text("""
    INSERT INTO slot (slot_id, office, service, date, starts_at, ends_at, capacity, released_at)
    SELECT gen_random_uuid(), 'TRK', 'collection', day, day + time '09:00', day + time '10:00', 20, day
    FROM generate_series(timestamptz '2023-01-01', '2026-10-31', interval '1 day') AS day
""")
_YEARS_OF_BOOKINGS = text("""
    INSERT INTO booking (booking_id, code, person_id, slot_id, idempotency_key, display_name, office, service,
        priority, date, starts_at, ends_at, status, is_ahead, version, booked_at)
    SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), slot_id, 'key-0001', 'Warga', office,
        service, 'regular', date, starts_at, ends_at,
        CASE nth % 20 WHEN 0 THEN 'booked' ELSE 'served' END, false, 1, released_at
    FROM slot, generate_series(1, 20) AS nth WHERE service = 'collection' AND ends_at < '2026-11-01'
""")
_SCANS = re.compile(r"Seq Scan on booking\b.*")
ONCE = {**RULE, "after": 1}
Statement = tuple[str, Any]


@pytest.fixture
def old_desk(desk: Desk) -> Desk:
    """Tarakan with a rule for who does not come, and 28,000 bookings of years that are over."""
    apply(desk, plan(no_show=ONCE))
    with desk.database.engine.begin() as connection:
        connection.execute(_YEARS_OF_SLOTS)
        connection.execute(_YEARS_OF_BOOKINGS)
        connection.execute(text("ANALYZE slot, booking"))
    desk.heard()
    return desk


@contextmanager
def written_down(desk: Desk) -> Iterator[list[Statement]]:
    """Collect what is asked of the database that concerns bookings."""
    statements: list[Statement] = []

    def keep(_: Connection, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if re.search(r"\bbooking\b", statement) and not statement.startswith("EXPLAIN"):
            statements.append((statement, parameters))

    event.listen(desk.database.engine, "before_cursor_execute", keep)
    try:
        yield statements
    finally:
        event.remove(desk.database.engine, "before_cursor_execute", keep)


def scans(desk: Desk, statements: list[Statement]) -> list[str]:
    """Ask the database how it would do them, and list where it would read all bookings."""
    found = []
    with desk.database.engine.connect() as connection:
        for statement, parameters in statements:
            first = parameters[0] if isinstance(parameters, list) else parameters
            how = "\n".join(connection.exec_driver_sql(f"EXPLAIN {statement}", first).scalars())
            found += [f"{scan}\n{statement}" for scan in _SCANS.findall(how)]
    return found


def test_a_closure_reads_the_bookings_of_its_hours_alone(old_desk: Desk) -> None:
    """Declared and lifted, and what people see of it."""
    person, slot = old_desk.person(), slot_ids(old_desk)[6]
    old_desk.book(person, slot)
    flooded = plan(no_show=ONCE, closures=[{"from_date": str(TOMORROW), "reason": "Banjir"}])
    with written_down(old_desk) as statements:
        apply(old_desk, flooded)
        assert old_desk.do(outages.list_own_outages, ListOwnOutages(person_id=person)).outages
        apply(old_desk, plan(no_show=ONCE))
    assert len(about(old_desk, BookingAffected)) == 1
    assert len(statements) > 5
    assert scans(old_desk, statements) == []
    assert scans(old_desk, [("SELECT FROM booking WHERE office = 'TRK' AND ends_at > now()", {})])


def test_who_did_not_come_is_found_among_the_bookings_of_late(old_desk: Desk) -> None:
    """Every hour anew, and none of years ago is held against anybody."""
    missed, served = (
        old_desk.book(person, old_desk.add_slot(hour=hour, service="collection"))
        for hour, person in zip((9, 10), old_desk.people(2), strict=True)
    )
    hear(old_desk, ticket(served, TicketServed), at=missed.ends_at + timedelta(hours=1))
    old_desk.heard()
    with written_down(old_desk) as statements:
        old_desk.do(no_shows.count_absent, "TRK", now=missed.ends_at + timedelta(days=1))
    (told,) = about(old_desk, NoShowCounted)
    assert isinstance(told, NoShowCounted)
    assert told.code == missed.code
    assert scans(old_desk, statements) == []


def test_what_is_done_by_the_clock_reads_no_bookings_of_years(old_desk: Desk) -> None:
    """Holds that end, places that return, what is forgotten."""
    kept = own_data.Retention(accounts=timedelta(days=730), bookings=timedelta(days=2000))
    with written_down(old_desk) as statements:
        old_desk.do(expire_holds, old_desk.returns)
        old_desk.do(end_closed_holds, old_desk.returns)
        old_desk.do(return_due_places, old_desk.returns)
        old_desk.do(affected.affected_of, ["01976a00-0000-7000-8000-0000000000b1"])
        old_desk.do(payments.count_unpaid, old_desk.people(64), since=NOW)
        own_data.forget_the_past(
            lambda: old_desk.database.transaction(now=NOW), kept, erasing=erasing(old_desk)
        )
    assert statements
    assert scans(old_desk, statements) == []
