"""What changes so that slots are those of the calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from services.booking.domain.calendar import SlotTime, WorkingDay
from services.booking.domain.outage import OutageReason, outage_reason
from services.booking.domain.slot_plan import KnownSlot, SlotChanges, WantedSlot, slot_changes
from tests.unit.booking.clock import MONDAY, stretches

NOW = datetime(2026, 11, 20, tzinfo=UTC)
NINE = datetime(2026, 11, 23, 1, tzinfo=UTC)
YESTERDAY, TOMORROW, IN_A_WEEK = (NOW + timedelta(days=days) for days in (-1, 1, 7))


def time(hours: int = 0, *, minutes: int = 60) -> SlotTime:
    begins = NINE + timedelta(hours=hours)
    return SlotTime(date=date(2026, 11, 23), starts_at=begins, ends_at=begins + timedelta(minutes=minutes))


WANTED = WantedSlot(service="new", time=time(), capacity=6, released_at=YESTERDAY)
KNOWN = KnownSlot(
    slot_id="s1",
    service="new",
    time=time(),
    capacity=6,
    booked=2,
    released_at=YESTERDAY,
    is_withdrawn=False,
)


def changes(wanted: list[WantedSlot], known: list[KnownSlot], **given: Any) -> SlotChanges:
    return slot_changes(wanted, known, **{"made_until": TOMORROW, "now": NOW, **given})


NOTHING = SlotChanges(added=(), withdrawn=(), restored=(), adjusted=())


def test_slots_as_they_should_be_are_left_alone() -> None:
    """The job runs again and again."""
    assert changes([WANTED], [KNOWN]) == NOTHING
    assert changes([], []) == NOTHING


def test_a_slot_that_is_not_there_is_made_a_day_before_its_release() -> None:
    """One that is released later waits for a later run."""
    soon, later = (replace(WANTED, released_at=at) for at in (TOMORROW, IN_A_WEEK))
    assert changes([soon], []).added == (soon,)
    assert changes([later], []) == NOTHING


def test_a_slot_that_is_not_wanted_is_withdrawn_once() -> None:
    """With its bookings, if it has any."""
    assert changes([], [KNOWN]) == replace(NOTHING, withdrawn=(KNOWN,))
    assert changes([], [replace(KNOWN, is_withdrawn=True)]) == NOTHING


def test_a_withdrawn_slot_that_is_wanted_again_is_the_same_slot() -> None:
    """So its bookings are good again; no second slot is made beside it."""
    found = changes([WANTED], [replace(KNOWN, is_withdrawn=True)])
    assert found == replace(NOTHING, restored=(KNOWN,))


def test_another_length_or_service_is_another_slot() -> None:
    """Half an hour at nine does not keep the place of an hour at nine."""
    for wanted in (replace(WANTED, time=time(minutes=30)), replace(WANTED, service="renewal")):
        assert changes([wanted], [KNOWN]) == replace(NOTHING, added=(wanted,), withdrawn=(KNOWN,))


@pytest.mark.parametrize(("places", "left"), [(9, 9), (4, 4), (1, 2), (0, 2)])
def test_places_change_and_those_taken_stay(places: int, left: int) -> None:
    """Fewer places than bookings means no more bookings, not fewer."""
    found = changes([replace(WANTED, capacity=places)], [KNOWN])
    assert found == replace(NOTHING, adjusted=(replace(KNOWN, capacity=left),))


def test_a_release_moves_only_while_it_is_ahead() -> None:
    """What people have seen is not hidden again."""
    waiting = replace(KNOWN, released_at=TOMORROW)
    wanted = replace(WANTED, released_at=IN_A_WEEK)
    assert changes([wanted], [waiting]).adjusted == (replace(waiting, released_at=IN_A_WEEK),)
    assert changes([wanted], [KNOWN]) == NOTHING
    assert changes([WANTED], [waiting]).adjusted == (replace(waiting, released_at=YESTERDAY),)


@pytest.mark.parametrize(
    ("day", "is_selling", "reason"),
    [
        (WorkingDay(date=MONDAY, kind="closed", note="Banjir"), True, ("closed", "Banjir")),
        (
            WorkingDay(
                date=MONDAY,
                kind="weekly",
                stretches=stretches("08.00-12.00"),
                closed=stretches("09.00-10.00"),
                note="Listrik",
            ),
            True,
            ("closed", "Listrik"),
        ),
        (WorkingDay(date=MONDAY, kind="holiday", note="Cuti Bersama"), True, ("holiday", "Cuti Bersama")),
        (WorkingDay(date=MONDAY, kind="weekly", stretches=stretches("08.00-12.00")), True, ("hours", None)),
        (WorkingDay(date=MONDAY, kind="no_hours"), True, ("hours", None)),
        (WorkingDay(date=MONDAY, kind="one_off", note="Ramadan"), True, ("hours", "Ramadan")),
        (WorkingDay(date=MONDAY, kind="closed", note="Banjir"), False, ("suspended", None)),
    ],
)
def test_people_are_told_the_cause(day: WorkingDay, is_selling: bool, reason: tuple[Any, Any]) -> None:
    """A suspended office first; then the closure, the holiday, and else that the hours are others."""
    cause, note = reason
    assert outage_reason(day, is_selling=is_selling) == OutageReason(cause=cause, note=note)
