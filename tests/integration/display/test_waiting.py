"""How long people wait: told when they come, compared with what it came to, summed up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from contracts.events import Event
from contracts.events.checkin import QueueTicketState
from contracts.requests.waiting import (
    GetLineWaits,
    GetWaiting,
    ListStatistics,
    NowServed,
    OfficeWaiting,
)
from services.display import metrics
from services.display.errors import UnknownOffice
from services.display.handlers import waiting
from services.display.store.measured_tables import service_time
from services.display.store.tables import board_ticket
from tests.integration.display.hall import (
    NOON,
    TARAKAN,
    TODAY,
    Display,
    called,
    closed,
    held,
    missed,
    opened,
    paused,
    scanned,
    served,
    transferred,
    walked_in,
)
from tests.service_database import empty

LATER = NOON + timedelta(hours=2)


def test_who_comes_is_told_a_range_for_each_service(display: Display) -> None:
    """How many wait, how many counters offer it, and from when to when."""
    display.hear(opened(1), opened(2), *(scanned(f"A-{place:03d}") for place in range(1, 13)))
    display.hear(scanned("B-001", service="renewal"))

    told = _waiting(display)

    assert (told.office, told.at, told.counters) == ("TRK", NOON, 2)
    new, renewal = told.services
    assert (new.service, new.waiting, new.counters) == ("new", 12, 2)
    assert new.low_minutes is not None
    assert new.high_minutes is not None
    assert 0 < new.low_minutes < 90 < new.high_minutes
    assert (renewal.waiting, renewal.counters, renewal.low_minutes) == (1, 0, None)


def test_an_office_that_works_faster_is_told_shorter_waits(display: Display) -> None:
    """Its own latest service times count, with those to whose calls nobody came."""
    line = [scanned(f"A-{place:03d}") for place in range(1, 9)]
    display.hear(opened(1), *line)
    before = _waiting(display).services[0]
    for place in range(30):
        ticket = called(scanned(f"A-{place + 100}", date=TODAY - timedelta(days=1)), 1, minutes=-600)
        display.hear(served(ticket, minutes=-598) if place % 3 else missed(ticket, minutes=-597))
    after = _waiting(display).services[0]
    assert before.high_minutes is not None
    assert after.high_minutes is not None
    assert after.high_minutes < before.high_minutes / 2


def test_an_office_with_closed_counters_tells_nothing(display: Display) -> None:
    """Rather than a number that cannot be true."""
    display.hear(opened(1), closed(1), scanned("A-001"))
    (service,) = _waiting(display).services
    assert (service.waiting, service.low_minutes, service.high_minutes) == (1, None, None)


def test_what_was_told_is_compared_with_the_wait(display: Display) -> None:
    """Kept or not, and by how much it was wrong: by office and day, and for operations."""
    soon, late = scanned("A-001"), scanned("A-002")
    display.hear(opened(1), soon, late)
    _tell(display)
    display.hear(called(soon, 1, minutes=2), called(late, 1, minutes=200))
    display.write_down()

    (day,) = display.statistics().days
    assert (day.date, day.told, day.kept) == (TODAY, 2, 1)
    assert day.mean_error_minutes is not None
    assert day.mean_error_minutes > 50
    assert metrics.WAITS_TOLD.labels("TRK")._value.get() == 2
    assert metrics.WAITS_KEPT.labels("TRK")._value.get() == 1


def test_the_line_is_in_the_order_of_turns_and_who_is_held_is_in_none(display: Display) -> None:
    """Who came last but has the first turn is told the shortest wait; a walk-in waits as others do."""
    line = [walked_in(f"A-{place:03d}", scanned_at=NOON - timedelta(minutes=9)) for place in range(1, 13)]
    away = called(scanned("B-001"), 1)
    first = scanned("A-099", turn_at=NOON - timedelta(hours=1))
    display.hear(opened(1), *line, away, held(away), first)
    assert _waiting(display).services[0].waiting == 13
    _tell(display)
    with display.database.transaction(now=NOON) as tx:
        told = tx.execute(select(board_ticket).where(board_ticket.c.told_at.is_not(None))).all()
    assert [(row.number, row.told_low_minutes, row.told_high_minutes) for row in told] == [("A-099", 0, 5)]


def test_a_paused_counter_shortens_nobodys_wait(display: Display) -> None:
    """Its officer is away."""
    display.hear(opened(1), paused(1), scanned("A-001"))
    (service,) = _waiting(display).services
    assert (service.counters, service.low_minutes) == (0, None)


def test_who_was_told_once_is_not_told_again(display: Display) -> None:
    """The range of the moment in which they came stands; who came long ago is told nothing any more."""
    andi = scanned("A-001")
    display.hear(opened(1), andi, scanned("A-002", scanned_at=NOON - timedelta(minutes=9)))
    _tell(display)
    display.hear(*(scanned(f"A-{place:03d}") for place in range(3, 9)))
    _tell(display, now=NOON + timedelta(seconds=30))
    display.hear(called(andi, 1, minutes=3))
    display.write_down()
    (day,) = display.statistics().days
    assert (day.told, day.kept) == (1, 1)


def test_the_day_so_far_and_who_is_served_now(display: Display) -> None:
    """With the name that the board shows; the latest call of a counter alone."""
    first, second, third = (scanned(f"A-00{place}") for place in (1, 2, 3))
    done = called(first, 1)
    display.hear(opened(1), first, second, third, done, served(done, minutes=5), called(second, 1, minutes=6))

    told = display.statistics()

    assert (told.date, told.served, told.waiting) == (TODAY, 1, 1)
    now = NowServed(
        number="A-002", display_name="Pak A•••i", counter=1, called_at=NOON + timedelta(minutes=6)
    )
    assert told.now == (now,)


def test_all_offices_are_listed_with_a_line_each(display: Display) -> None:
    """Also one in which nothing ever happened."""
    display.hear(replace(TARAKAN, office="SKW"), opened(1), scanned("A-001"))
    with display.database.transaction(now=NOON) as tx:
        singkawang, tarakan = waiting.list_statistics(tx, ListStatistics()).offices
    assert (singkawang.office, singkawang.counters, singkawang.waiting) == ("SKW", 0, 0)
    assert (tarakan.office, tarakan.counters, tarakan.waiting) == ("TRK", 1, 1)
    assert tarakan.high_minutes is not None
    assert singkawang.high_minutes is None


def test_an_unknown_office_is_refused(display: Display) -> None:
    """By both questions."""
    with pytest.raises(UnknownOffice):
        _waiting(display, office="SKW")
    with pytest.raises(UnknownOffice):
        display.statistics(office="SKW")


@st.composite
def deliveries(draw: st.DrawFn) -> tuple[list[Event], list[Event]]:
    """Draw what happened to some tickets, and the same events as they may be delivered."""
    happened: list[Event] = [opened(1), opened(2)]
    for place, minutes in enumerate(draw(st.lists(st.integers(1, 50), max_size=6)), start=1):
        ticket: QueueTicketState = scanned(f"A-{place:03d}")
        once = called(ticket, 1, minutes=place)
        if minutes % 4 == 0:
            sent = transferred(once, step="biometrics", minutes=place + minutes)
            happened += [once, sent]
            once = called(sent, 2, minutes=2 * place + minutes)
        ends = missed if minutes % 3 == 0 else served
        happened += [ticket, once, ends(once, minutes=2 * place + 2 * minutes)]
    again = draw(st.lists(st.sampled_from(happened), max_size=6))
    return happened, draw(st.permutations([*happened, *again]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=deliveries())
def test_what_is_measured_does_not_depend_on_order_or_number_of_deliveries(
    empty_display: Display, events: tuple[list[Event], list[Event]]
) -> None:
    """Service times, hours and the answer to who comes are the same."""
    seen = [_all_that_is_measured(empty_display, delivered) for delivered in events]
    assert seen[0] == seen[1]


def test_offices_of_other_zones_have_their_own_day(empty_display: Display) -> None:
    """At 16.30 UTC it is the next day in Jayapura: its yesterday's line is not told."""
    jayapura = replace(TARAKAN, timezone="Asia/Jayapura")
    late = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)
    empty_display.hear(jayapura, opened(1), scanned("A-001", date=date(2026, 11, 23)))
    assert _waiting(empty_display, now=late).services[0].waiting == 0
    empty_display.hear(scanned("A-001", date=date(2026, 11, 24)))
    assert _waiting(empty_display, now=late).services[0].waiting == 1


def test_each_of_the_line_is_told_how_much_longer(empty_display: Display) -> None:
    """By number, the later the longer; who is called, or served, is in the line no more."""
    line = [scanned(f"A-{place:03d}", turn_at=NOON + timedelta(seconds=place)) for place in range(1, 10)]
    empty_display.hear(TARAKAN, opened(1), *line, scanned("B-001", service="renewal"))
    with empty_display.database.transaction(now=NOON) as tx:
        waits = waiting.get_line_waits(tx, GetLineWaits(office="TRK"))
    assert (waits.office, waits.at) == ("TRK", NOON)
    assert [one.number for one in waits.tickets] == [ticket.number for ticket in line]
    assert (waits.tickets[0].low_minutes, waits.tickets[0].high_minutes) == (0, 5)
    highs = [one.high_minutes for one in waits.tickets]
    assert highs == sorted(highs)
    empty_display.hear(called(line[0], 1))
    with empty_display.database.transaction(now=NOON) as tx:
        left = waiting.get_line_waits(tx, GetLineWaits(office="TRK")).tickets
    assert [one.number for one in left] == [ticket.number for ticket in line[1:]]


def _all_that_is_measured(display: Display, events: Sequence[Event]) -> object:
    empty(display.database)
    display.hear(TARAKAN, *events)
    display.write_down()
    with display.database.transaction(now=LATER) as tx:
        rows = tx.execute(
            select(service_time).order_by(service_time.c.ticket_id, service_time.c.called_at)
        ).all()
    return [tuple(row) for row in rows], display.statistics(), _waiting(display)


def _waiting(display: Display, *, office: str = "TRK", now: datetime = NOON) -> OfficeWaiting:
    with display.database.transaction(now=now) as tx:
        return waiting.get_waiting(tx, GetWaiting(office=office))


def _tell(display: Display, *, now: datetime = NOON) -> None:
    with display.database.transaction(now=now) as tx:
        waiting.tell_waits(tx)
