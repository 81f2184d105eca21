"""Places that are kept for some, and visits of several slots: from the plan to the booking."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from contracts.events import BookingAffected, BookingReinstated
from contracts.refusals import Refused
from contracts.requests.availability import GetAvailability
from contracts.requests.booking import Booking, BookSlot, ListDays, ListSlots, Slot
from contracts.schema import dump
from contracts.words import PriorityClass, ServiceCode
from services.booking import errors
from services.booking.handlers import slots
from services.booking.handlers.availability import get_availability
from services.booking.store import tables
from services.booking.store.slots import places_of
from tests.integration.booking.desk import NOW, Desk, codes
from tests.integration.booking.planning import TOMORROW, about, apply, plan
from tests.integration.booking.test_parties import CHILD, GRANDMOTHER, add, party

EIGHT = 24
"""Hours from NOW to a bit before tomorrow's first slot, at eight: NOW is half past eight."""


def shown(desk: Desk, service: ServiceCode = "new", day: date = TOMORROW, **given: Any) -> tuple[Slot, ...]:
    """What people see of a day, be it asked for or told to the gateway's copy."""
    seen = desk.do(slots.list_slots, ListSlots(office="TRK", for_service=service, date=day), **given).slots
    query = GetAvailability(office="TRK", for_service=service, date=day)
    told = desk.do(get_availability, query, **given).slots
    assert [{**dump(slot), "reach": None} for slot in told] == list(map(dump, seen))
    return seen


def ask(desk: Desk, slot_id: str, priority: PriorityClass = "regular", **given: Any) -> Booking | Refused:
    """Let somebody new ask for a place."""
    command = BookSlot(
        person_id=desk.registered(f"657101170860{next(desk.serials):04}"),
        slot_id=slot_id,
        idempotency_key="key-0001",
        priority=priority,
    )
    return desk.try_book(command, **given)[0]


def kept(desk: Desk, **protected: int) -> str:
    """Tarakan with four places in a slot, some of them kept until six hours before; tomorrow's at three."""
    apply(desk, plan(slots={"places": 4, "protected": protected, "protected_until_hours": 6}))
    desk.heard()
    return shown(desk)[-1].slot_id


def test_places_that_are_kept_are_shown_and_sold_to_their_own(desk: Desk) -> None:
    """Three for anybody; the fourth only for a priority class."""
    slot = kept(desk, priority=1)
    assert [(one.places_left, one.priority_places_left) for one in shown(desk)][-1] == (3, 4)
    outcomes = [ask(desk, slot) for _ in range(4)]
    assert codes(outcomes) == ["booked"] * 3 + [errors.SlotFull.code]
    assert (shown(desk)[-1].places_left, shown(desk)[-1].priority_places_left) == (0, 1)
    elderly = ask(desk, slot, "elderly")
    assert isinstance(elderly, Booking)
    assert elderly.priority == "elderly"
    assert codes([ask(desk, slot, "ill")]) == [errors.SlotFull.code]
    assert desk.booked(slot) == desk.rows_in(slot) == 4


def test_who_gives_up_a_kept_place_gives_it_back_to_its_own(desk: Desk) -> None:
    """The pool is remembered with the booking."""
    slot = kept(desk, priority=1)
    person = desk.registered("6571011708600099")
    command = BookSlot(person_id=person, slot_id=slot, idempotency_key="key-0001", priority="ill")
    (ill,) = desk.try_book(command)
    assert isinstance(ill, Booking)
    for _ in range(3):
        ask(desk, slot)
    desk.cancel(person, ill.code)
    assert (shown(desk)[-1].places_left, shown(desk)[-1].priority_places_left) == (0, 1)
    assert codes([ask(desk, slot), ask(desk, slot, "pregnant")]) == [errors.SlotFull.code, "booked"]


def test_what_nobody_used_is_anybodys_hours_before(desk: Desk) -> None:
    """So no place stays empty for want of a class; what is kept for the door stays."""
    slot = kept(desk, priority=1, assisted=1, walk_in=1)
    assert shown(desk)[-1].places_left == 1
    late = NOW + timedelta(hours=24 + 1)
    assert shown(desk, now=late)[-1].places_left == 3
    outcomes = [ask(desk, slot, now=late) for _ in range(4)]
    assert codes(outcomes) == ["booked"] * 3 + [errors.SlotFull.code]


def test_children_and_grandparents_have_their_class_by_their_birth_date(desk: Desk) -> None:
    """Nobody has to claim it for a dependent; who claims an age must have it."""
    slot = kept(desk, priority=2)
    guardian = desk.registered("6571011708900099")
    members = [add(desk, guardian).person_id, add(desk, guardian, **GRANDMOTHER).person_id]
    (answer,) = desk.try_book(party(guardian, slot, members))
    assert isinstance(answer, Booking)
    classes = [desk.booking(guardian, one.code).priority for one in answer.party]
    assert classes == ["regular", "infant", "elderly"]
    assert (shown(desk)[-1].places_left, shown(desk)[-1].priority_places_left) == (1, 1)
    young = BookSlot(
        person_id=desk.registered("6571011708900098"),
        slot_id=slot,
        idempotency_key="key-0001",
        priority="elderly",
    )
    assert codes(desk.try_book(young)) == [errors.NotOfClass.code]
    assert CHILD["birth_date"] > date(2020, 1, 1)  # type: ignore[operator]


def test_a_changed_plan_keeps_other_places_from_now_on(desk: Desk) -> None:
    """Nothing that is booked is lost."""
    slot = kept(desk)
    for _ in range(4):
        ask(desk, slot)
    apply(desk, plan(slots={"places": 2, "protected": {"priority": 2}}))
    assert (desk.booked(slot), shown(desk)[-1].places_left, shown(desk)[0].priority_places_left) == (4, 0, 2)


def long_visits(desk: Desk, **more: Any) -> tuple[Slot, ...]:
    """E-passports take two slots of two places each."""
    apply(
        desk,
        plan(
            services=["new", "epassport"],
            by_service=[{"service": "epassport", "slots": 2, "places": 2}],
            **more,
        ),
    )
    desk.heard()
    return shown(desk, "epassport")


def test_a_visit_of_two_slots_is_offered_where_both_have_a_place(desk: Desk) -> None:
    """Not over a break, and not at the end of the day: 8 9 10 and 13 14."""
    offered = long_visits(desk)
    assert [slot.starts_at.hour + 8 for slot in offered] == [8, 9, 10, 13, 14]
    assert {slot.ends_at - slot.starts_at for slot in offered} == {timedelta(hours=2)}
    assert len(shown(desk, "new")) == 7


def test_a_visit_of_two_slots_takes_a_place_of_each(desk: Desk) -> None:
    """The ones before and after have one less too; giving up frees both."""
    nine = long_visits(desk)[1].slot_id
    person = desk.person()
    booking = desk.book(person, nine)
    assert booking.ends_at - booking.starts_at == timedelta(hours=2)
    assert desk.tickets.verify(booking.ticket, now=NOW).minutes == 120
    assert [slot.places_left for slot in shown(desk, "epassport")] == [1, 1, 1, 2, 2]
    assert codes([ask(desk, nine), ask(desk, nine)]) == ["booked", errors.SlotFull.code]
    assert codes([ask(desk, slot.slot_id) for slot in shown(desk, "epassport")[:3]]) == ["slot_full"] * 3
    desk.cancel(person, booking.code)
    assert [slot.places_left for slot in shown(desk, "epassport")] == [1, 1, 1, 2, 2]


def test_a_visit_cannot_begin_before_a_break(desk: Desk) -> None:
    """Whoever asks for it all the same."""
    long_visits(desk)
    query = select(tables.slot.c.slot_id).where(
        tables.slot.c.service == "epassport", tables.slot.c.following.is_(None)
    )
    with desk.database.engine.connect() as connection:
        cut = connection.execute(query).scalars().all()
    assert codes([ask(desk, str(cut[0]))]) == [errors.UnknownSlot.code]


def test_a_visit_of_which_one_slot_is_closed_is_affected_until_all_is_open_again(desk: Desk) -> None:
    """Its person is told once it cannot be kept, and once it can."""
    nine = long_visits(desk)[1].slot_id
    code = desk.book(desk.person(), nine).code
    desk.heard()
    services: list[ServiceCode] = ["new", "epassport"]
    closed = [{"from_date": str(TOMORROW), "hours": "10.00-11.00", "reason": "Pemadaman listrik"}]
    long = [{"service": "epassport", "slots": 2, "places": 2}]
    done = apply(desk, plan(services=services, by_service=long, closures=closed))
    assert [booking.code for booking in done.affected] == [code]
    (told,) = about(desk, BookingAffected)
    assert isinstance(told, BookingAffected)
    assert told.code == code
    assert [slot.starts_at.hour + 8 for slot in shown(desk, "epassport")] == [8, 13, 14]
    assert apply(desk, plan(services=services, by_service=long)).affected == ()
    assert [type(event) for event in about(desk, BookingReinstated)] == [BookingReinstated]
    assert [slot.starts_at.hour + 8 for slot in shown(desk, "epassport")] == [8, 9, 10, 13, 14]


def test_visits_may_become_shorter(desk: Desk) -> None:
    """Each slot is a beginning again."""
    long_visits(desk)
    apply(desk, plan(services=["new", "epassport"]))
    assert len(shown(desk, "epassport")) == 7
    assert {slot.ends_at - slot.starts_at for slot in shown(desk, "epassport")} == {timedelta(hours=1)}


@pytest.mark.parametrize("hours", [0, 25])
def test_what_people_see_is_what_the_sale_counts(desk: Desk, hours: int) -> None:
    """SQL and domain count the same places, with and without protection."""
    slot = kept(desk, priority=2, assisted=1)
    for priority in ("regular", "ill", "ill", "ill"):
        ask(desk, slot, priority)
    now = NOW + timedelta(hours=hours)
    with desk.database.transaction(now=now) as tx:
        query = select(tables.slot).where(tables.slot.c.slot_id == slot)
        places = places_of(tx.execute(query).one(), tx)
    one = shown(desk, now=now)[-1]
    assert (one.places_left, one.priority_places_left) == (places.left(), places.left("priority"))
    query_days = ListDays(office="TRK", for_service="new")
    days = desk.do(slots.list_days, query_days, now=now).days
    (tomorrow,) = [day for day in days if day.date == TOMORROW]
    assert tomorrow.places_left == sum(slot.places_left for slot in shown(desk, now=now))
