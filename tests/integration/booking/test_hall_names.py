"""What the hall shows of people is their choice: it is told ready-made, and of bookings ahead at once."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from contracts.events import (
    BookingCancelled,
    BookingRescheduled,
    ContactChanged,
    CounterCalled,
    HallNameChanged,
    SlotBooked,
    TicketServed,
)
from contracts.refusals import Refused
from contracts.requests.booking import BookSlot
from contracts.requests.dependents import RemoveDependent, ShowDependentAs
from contracts.requests.profile import GetProfile, Profile, ShowAs
from contracts.words import ShownAs
from services.booking import errors
from services.booking.handlers import dependents, hall_names
from tests.contention import at_once
from tests.integration.booking.desk import NOW, TODAY, Desk
from tests.integration.booking.test_assistance import PHONE, SITI, assist
from tests.integration.booking.test_own_data import erase, export
from tests.integration.booking.test_parties import add, booked, party
from tests.integration.booking.test_reschedules import move
from tests.integration.booking.test_visits import hear, ticket

TOMORROW = TODAY + timedelta(days=1)
CHOICES: tuple[tuple[ShownAs, str | None], ...] = (
    ("name", "Pak Andi"),
    ("masked", "Pak A•••i"),
    ("initials", "A. P."),
    ("number", None),
)


def andi(desk: Desk, **changes: Any) -> str:
    """Know Andi Pratama, whom the hall calls Pak Andi."""
    return desk.register(name="Andi Pratama", **changes)


def show(desk: Desk, person: str, shown_as: ShownAs) -> Profile:
    """Choose."""
    return desk.do(hall_names.show_as, ShowAs(person_id=person, shown_as=shown_as))


def told(desk: Desk) -> list[tuple[str, str | None, int]]:
    """Say what was told of which name, newer and newer."""
    return [
        (type(event).__name__, event.display_name, event.version)
        for event in desk.heard()
        if isinstance(event, SlotBooked | BookingCancelled | HallNameChanged)
    ]


@pytest.mark.parametrize(("shown_as", "shown"), CHOICES)
def test_a_booking_is_told_as_its_person_is_to_be_shown(
    desk: Desk, shown_as: ShownAs, shown: str | None
) -> None:
    """The person themselves reads their own name."""
    person, slot = andi(desk), desk.add_slot()
    profile = show(desk, person, shown_as)
    assert (profile.shown_as, profile.hall_name) == (shown_as, shown)
    assert desk.do(hall_names.get_profile, GetProfile(person_id=person)) == profile
    booking = desk.book(person, slot)
    assert told(desk) == [("SlotBooked", shown, 1)]
    assert booking.display_name == desk.booking(person, booking.code).display_name == "Pak Andi"
    desk.cancel(person, booking.code)
    assert told(desk) == [("BookingCancelled", shown, 2)]
    assert export(desk, person).account.shown_as == shown_as


def test_another_choice_is_told_of_the_booking_that_is_ahead(desk: Desk) -> None:
    """Under a newer version; the same choice once more is no news, and no message's cause."""
    person = andi(desk)
    booking = desk.book(person, desk.add_slot())
    for shown_as in ("number", "number", "masked", "name"):
        show(desk, person, shown_as)
    assert told(desk) == [
        ("SlotBooked", "Pak Andi", 1),
        ("HallNameChanged", None, 2),
        ("HallNameChanged", "Pak A•••i", 3),
        ("HallNameChanged", "Pak Andi", 4),
    ]
    desk.cancel(person, booking.code)
    assert told(desk) == [("BookingCancelled", "Pak Andi", 5)]
    show(desk, person, "initials")
    assert told(desk) == []


@pytest.mark.parametrize("kind", [CounterCalled, TicketServed])
def test_who_is_or_was_in_the_hall_today_is_told_anew_too(desk: Desk, kind: type[CounterCalled]) -> None:
    """The board shows earlier calls; what is over for longer is left alone."""
    person = andi(desk)
    booking = desk.book(person, desk.add_slot())
    hear(desk, ticket(booking, kind))
    desk.heard()
    show(desk, person, "number")
    assert told(desk) == [("HallNameChanged", None, 2)]
    later = NOW + timedelta(days=2)
    desk.do(hall_names.show_as, ShowAs(person_id=person, shown_as="name"), now=later)
    assert told(desk) == []


def test_dependents_have_a_choice_of_their_own(desk: Desk) -> None:
    """The guardian makes it; a stranger cannot, and not for who was removed."""
    guardian, stranger = desk.people(2)
    child = add(desk, guardian, shown_as="masked")
    assert child.shown_as == "masked"
    command = BookSlot(
        person_id=guardian,
        slot_id=desk.add_slot(),
        idempotency_key="key-0001",
        dependents=(child.person_id,),
        with_holder=False,
    )
    booked(desk, command)
    chosen = ShowDependentAs(guardian_id=guardian, person_id=child.person_id, shown_as="initials")
    (shown,) = desk.do(hall_names.show_dependent_as, chosen).dependents
    assert shown == replace(child, shown_as="initials")
    assert told(desk) == [("SlotBooked", "A•••", 1), ("HallNameChanged", "A. W.", 2)]
    for asker in (stranger, guardian):
        with pytest.raises(errors.UnknownDependent):
            desk.do(hall_names.show_dependent_as, replace(chosen, guardian_id=asker))
        gone = RemoveDependent(guardian_id=guardian, person_id=child.person_id)
        desk.do(dependents.remove_dependent, gone)


def test_nothing_but_the_contact_tells_the_name_of_who_shows_a_number(desk: Desk) -> None:
    """Searched in every event of a family's bookings; the contact goes to notify alone."""
    person = andi(desk, shown_as="number")
    child = add(desk, person, shown_as="number", name="Ani Rahasia", display_name="Kak Rahasia")
    both = booked(desk, party(person, desk.add_slot(day=TOMORROW, hour=15), [child.person_id]))
    move(desk, person, both.code, desk.add_slot(day=TOMORROW + timedelta(days=1)))
    for code in [one.code for one in desk.bookings_of(person)]:
        desk.cancel(person, code)
    events = [event for event in desk.heard() if not isinstance(event, ContactChanged)]
    assert {BookingCancelled, BookingRescheduled, SlotBooked} <= {type(event) for event in events}
    for event in events:
        assert not any(name in str(asdict(event)) for name in ("Andi", "Pratama", "Rahasia")), event


def test_who_registers_after_an_officer_booked_for_them_chooses_anew(desk: Desk) -> None:
    """What was said at the desk holds until then; who is known at the desk keeps their own choice."""
    booking = assist(desk, desk.add_slot(), shown_as="masked", phone=PHONE)
    assert told(desk) == [("SlotBooked", "Ibu S•••i", 1)]
    desk.register(**SITI, phone=PHONE, shown_as="initials")
    assert told(desk) == [("HallNameChanged", "S. A.", 2)]
    assist(desk, desk.add_slot(day=TOMORROW), nik="6571011708500043", shown_as="number")
    assert told(desk) == [("SlotBooked", None, 1)]
    assert booking.display_name == "Ibu Siti"


def test_an_erased_person_stays_erased(desk: Desk) -> None:
    """Their bookings show no name again, and there is nothing to choose any more."""
    person = andi(desk)
    desk.book(person, desk.add_slot())
    desk.heard()
    erase(desk, person)
    assert told(desk) == [("BookingCancelled", None, 2)]
    with pytest.raises(errors.UnknownAccount):
        show(desk, person, "name")
    with pytest.raises(errors.UnknownAccount):
        desk.do(hall_names.get_profile, GetProfile(person_id=person))


def test_choices_and_a_cancellation_at_once_are_told_under_versions_of_their_own(desk: Desk) -> None:
    """So that check-in never takes one for the other, and ends with what came last."""
    person = andi(desk)
    booking = desk.book(person, desk.add_slot())
    desk.heard()
    choices = (*(shown_as for shown_as, _ in CHOICES),) * 2
    calls: list[Callable[[], object]] = [partial(show, desk, person, one) for one in choices]
    calls.append(partial(desk.cancel, person, booking.code))
    assert not any(isinstance(outcome, Refused) for outcome in at_once(calls))
    versions = [version for _, _, version in told(desk)]
    assert versions == sorted(set(versions))
    assert len(versions) == versions[-1] - 1
