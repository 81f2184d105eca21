"""What is done to one person's tickets among those of many: none reads them all or locks in a circle."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, event, select, text, update
from sqlalchemy.exc import OperationalError

from chassis.database import Transaction
from contracts.events import PersonErased, SlotBooked, TicketScanned
from services.checkin import handlers
from services.checkin.store import arrivals, erasure
from services.checkin.store.tables import queue_ticket
from tests.contention import wait_until_blocked
from tests.integration.checkin.hall import NOON, Hall, booking, ticket

MANY = 20_000
_EXPECTED = text("""
    INSERT INTO expected_ticket (booking_id, code, person_id, display_name, office, service, priority, date,
        starts_at, ends_at, cancelled, version)
    SELECT gen_random_uuid(), 'TRK-' || nth, gen_random_uuid(), 'Warga', 'TRK', 'new', 'regular', :today,
        :now, :now, false, 1
    FROM generate_series(1, :many) AS nth
""")
_IN_THE_HALL = text("""
    INSERT INTO queue_ticket (ticket_id, office, date, number, service, priority, turn_at, waiting_since,
        state, person_id, display_name, calls, scanned_at, version)
    SELECT booking_id, office, date, code, service, priority, starts_at, starts_at, 'waiting', person_id,
        display_name, 0, starts_at, 1
    FROM expected_ticket
""")


@pytest.fixture
def crowded(hall: Hall) -> Hall:
    """Tickets of twenty thousand people, as a large office has them in some weeks."""
    with hall.database.engine.begin() as connection:
        connection.execute(_EXPECTED, {"many": MANY, "today": NOON.date(), "now": NOON})
        connection.execute(_IN_THE_HALL)
        connection.execute(text("ANALYZE expected_ticket, queue_ticket"))
    return hall


def erase(hall: Hall, *erased: SlotBooked) -> None:
    people = tuple(str(each.person_id) for each in erased)
    event = PersonErased(
        version=2, person_id=people[0], people=people, bookings=tuple(each.booking_id for each in erased)
    )
    hall.do(lambda tx: handlers.forget_person(tx, event))


@contextmanager
def written_down(hall: Hall) -> Iterator[list[tuple[str, Any]]]:
    """Collect what is asked of the tickets."""
    told: list[tuple[str, Any]] = []

    def keep(_: object, __: object, statement: str, parameters: Any, *___: object) -> None:
        if "_ticket" in statement:
            told.append((statement, parameters))

    event.listen(hall.database.engine, "before_cursor_execute", keep)
    try:
        yield told
    finally:
        event.remove(hall.database.engine, "before_cursor_execute", keep)


def whole_reads(connection: Connection, told: list[tuple[str, Any]]) -> list[str]:
    """Ask the database how it would do statements, and list where it would read all tickets."""
    plans = [
        connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars().all()
        for statement, parameters in told
    ]
    return [line for plan in plans for line in plan if "Seq Scan on" in line and "_ticket" in line]


def test_a_person_is_forgotten_without_reading_everybodys_tickets(crowded: Hall) -> None:
    """By index, in both tables; and without the indexes both would be read whole."""
    with written_down(crowded) as told:
        erase(crowded, booking())
    assert len(told) == 2
    with crowded.database.engine.connect() as connection:
        assert whole_reads(connection, told) == []
        connection.execute(text("DROP INDEX expected_ticket_person, queue_ticket_person"))
        assert len(whole_reads(connection, told)) == 2
        connection.rollback()


def test_tickets_are_renamed_without_reading_everybodys(crowded: Hall) -> None:
    """Who chose another name has it on their ticket."""
    booked = booking()
    crowded.scan(ticket(booked))
    with written_down(crowded) as told:
        crowded.hear_together(booked)
    with crowded.database.engine.connect() as connection:
        assert whole_reads(connection, told) == []


def rename(hall: Hall, *booked: SlotBooked) -> None:
    hall.hear_together(*(replace(each, version=2, display_name="Bu Rina") for each in booked))


def locks_in_order(hall: Hall, act: Callable[..., None]) -> bool:
    """Hold the first of two tickets, and tell whether who waits for it has left the second one alone.

    The second lies before the first in the table.
    """
    first, second = booking(), booking()
    assert first.booking_id < second.booking_id
    hall.hear(second, first)
    hall.scan(ticket(second))
    hall.scan(ticket(first))
    lock = select(queue_ticket.c.ticket_id).with_for_update(nowait=True)
    with ThreadPoolExecutor(1) as thread, closing(hall.database.begin(now=NOON)) as tx:
        tx.execute(lock.where(queue_ticket.c.ticket_id == first.booking_id))
        other = thread.submit(act, hall, second, first)
        wait_until_blocked(hall.database)
        try:
            tx.execute(lock.where(queue_ticket.c.ticket_id == second.booking_id))
            is_free = True
        except OperationalError:
            is_free = False
        tx.connection.rollback()
        other.result(timeout=15)
    return is_free


@pytest.mark.parametrize("act", [erase, rename])
def test_tickets_are_locked_in_the_order_of_ids(hall: Hall, act: Callable[..., None]) -> None:
    """Whatever order they are named in, or lie in: so no two wait for each other."""
    assert locks_in_order(hall, act)


def test_an_erasure_without_the_order_locks_as_the_rows_lie(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control of the test above."""
    at_once = update(queue_ticket).where(queue_ticket.c.display_name.is_not(None)).values(display_name=None)
    monkeypatch.setattr(erasure, "_IN_THE_HALL", at_once)
    assert not locks_in_order(hall, erase)


def test_names_without_the_order_are_given_as_the_rows_lie(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Control of the test above."""

    def at_once(tx: Transaction, bookings: object) -> list[TicketScanned]:
        if bookings:
            tx.execute(update(queue_ticket).values(display_name="Bu Rina"))
        return []

    monkeypatch.setattr(arrivals, "name", at_once)
    assert not locks_in_order(hall, rename)
