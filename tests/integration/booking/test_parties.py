"""Families: people without a sign-in, and several people on one booking."""

from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from contracts.events import BookingCancelled, ContactChanged, SlotBooked
from contracts.refusals import Refused
from contracts.requests.booking import Booking, BookSlot, CancelParty
from contracts.requests.dependents import AddDependent, Dependent, ListDependents, RemoveDependent
from services.booking import errors
from services.booking.handlers import dependents, own_bookings
from tests.contention import at_once
from tests.integration.booking.desk import NOW, Desk, codes, wish

CHILD = {"nik": "6571015203230001", "birth_date": date(2023, 3, 12), "display_name": "Ani"}
"""Three years old; 40 is added to the day of a girl's birth."""
GRANDMOTHER = {"nik": "6571015203550001", "birth_date": date(1955, 3, 12), "display_name": "Nenek"}


def add(desk: Desk, guardian: str, **changes: Any) -> Dependent:
    """Add a dependent."""
    form = {"guardian_id": guardian, "name": "Ani Wijaya", **CHILD, **changes}
    return desk.do(dependents.add_dependent, AddDependent(**form), adding=desk.adding())


def family(desk: Desk, count: int) -> tuple[str, list[str]]:
    """A person and so many dependents, none of them a child or old."""
    guardian = desk.person()
    born = date(1990, 3, 12)
    serials = [next(desk.serials) for _ in range(count)]
    niks = [f"657101520390{serial:04}" for serial in serials]
    return guardian, [add(desk, guardian, nik=nik, birth_date=born).person_id for nik in niks]


def party(guardian: str, slot: str, members: list[str], **more: Any) -> BookSlot:
    """Ask for places for a family."""
    given = {"idempotency_key": "key-0001", **more}
    return BookSlot(person_id=guardian, slot_id=slot, dependents=tuple(members), **given)


def booked(desk: Desk, command: BookSlot) -> Booking:
    """Book, or raise the refusal."""
    (outcome,) = desk.try_book(command)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


def test_a_dependent_is_listed_and_reached_through_the_guardian(desk: Desk) -> None:
    """No NIK is told; messages for the child go to the parent's phone."""
    guardian = desk.person()
    child = add(desk, guardian)
    (contact,) = desk.heard()
    assert isinstance(contact, ContactChanged)
    assert (contact.person_id, contact.display_name) == (child.person_id, "Ani")
    assert (contact.phone or "").startswith("+6285")
    assert desk.do(dependents.list_dependents, ListDependents(guardian_id=guardian)).dependents == (child,)


def test_a_nik_is_one_persons(desk: Desk) -> None:
    """Not two dependents', and not an account's and a dependent's; a removed one may be taken in again."""
    one, other = desk.people(2)
    child = add(desk, one)
    with pytest.raises(errors.DependentExists):
        add(desk, other)
    desk.do(dependents.remove_dependent, RemoveDependent(guardian_id=one, person_id=child.person_id))
    assert add(desk, other).person_id == child.person_id
    desk.registered("6571011708900077")
    with pytest.raises(errors.DependentExists):
        add(desk, one, nik="6571011708900077", birth_date=date(1990, 8, 17))


def test_a_nik_added_by_fifty_at_once_is_one_persons(desk: Desk) -> None:
    """The database decides."""
    outcomes = at_once([partial(add, desk, guardian) for guardian in desk.people(50)])
    assert sum(isinstance(outcome, Dependent) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, errors.DependentExists) for outcome in outcomes) == 49


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"nik": "6571013002900001"}, errors.BadNik),
        ({"birth_date": date(2023, 3, 13)}, errors.BirthDateNotOfNik),
        ({"birth_date": date(2123, 3, 12)}, errors.BirthDateNotOfNik),
        ({"guardian_id": "nobody"}, errors.UnknownAccount),
    ],
)
def test_a_dependent_who_cannot_be_is_refused(
    desk: Desk, changes: dict[str, Any], refusal: type[Refused]
) -> None:
    """With the reason."""
    with pytest.raises(refusal):
        add(desk, desk.person(), **changes)


def test_a_family_books_together_and_each_has_a_ticket(desk: Desk) -> None:
    """One answer with the whole party; a booking, a code, a ticket and an event for each."""
    guardian, members = family(desk, 4)
    slot = desk.add_slot(capacity=6)
    desk.heard()
    answer = booked(desk, party(guardian, slot, members))
    assert len(answer.party) == 5
    assert answer.code == answer.party[0].code
    events = [event for event in desk.heard() if isinstance(event, SlotBooked)]
    assert {event.person_id for event in events} == {guardian, *members}
    tickets = {desk.booking(guardian, one.code).ticket for one in answer.party}
    assert {desk.tickets.verify(ticket, now=NOW).booking_id for ticket in tickets} == {
        event.booking_id for event in events
    }
    assert desk.booked(slot) == desk.rows_in(slot) == 5
    assert {one.code for one in desk.bookings_of(guardian)} == {one.code for one in answer.party}
    assert [desk.booking(guardian, one.code).dependent for one in answer.party] == [None, *members]


def test_all_of_a_party_get_a_place_or_nobody(desk: Desk) -> None:
    """Three places are no good to four people, and stay free for three."""
    guardian, members = family(desk, 3)
    slot = desk.add_slot(capacity=3)
    with pytest.raises(errors.SlotFull):
        booked(desk, party(guardian, slot, members))
    assert desk.booked(slot) == desk.rows_in(slot) == 0
    assert len(booked(desk, party(guardian, slot, members, with_holder=False)).party) == 3
    assert desk.booked(slot) == 3


def test_a_party_with_somebody_who_is_booked_gets_nothing(desk: Desk) -> None:
    """One active booking a person, also for those without an account."""
    guardian, members = family(desk, 2)
    nine, ten = desk.add_slot(hour=9), desk.add_slot(hour=10)
    first = booked(desk, party(guardian, nine, members[:1], with_holder=False))
    with pytest.raises(errors.AlreadyBooked) as refused:
        booked(desk, party(guardian, ten, members, idempotency_key="key-0002"))
    assert refused.value.data == {"code": first.code}
    assert desk.booked(ten) == 0


def test_the_same_key_answers_the_same_party(desk: Desk) -> None:
    """With other people it is refused."""
    guardian, members = family(desk, 3)
    slot = desk.add_slot()
    command = party(guardian, slot, members[:2], with_holder=False)
    assert booked(desk, command) == booked(desk, command)
    for others in (members, members[:1], members[2:]):
        with pytest.raises(errors.IdempotencyKeyReused):
            booked(desk, party(guardian, slot, others, with_holder=False))
    assert desk.booked(slot) == 2


def test_a_family_is_one_to_five_of_ones_own(desk: Desk) -> None:
    """Nobody books for nobody, for six, for a stranger's child or for one who was removed."""
    guardian, members = family(desk, 5)
    _, strangers = family(desk, 1)
    slot = desk.add_slot(capacity=20)
    removed = RemoveDependent(guardian_id=guardian, person_id=members[4])
    refused: list[tuple[list[str], bool]] = [
        (members, True),
        ([], False),
        (strangers, True),
        (["x"], False),
    ]
    outcomes = [
        desk.try_book(party(guardian, slot, list(people), with_holder=holder))[0]
        for people, holder in refused
    ]
    assert codes(outcomes) == ["party_size", "party_size", "unknown_dependent", "unknown_dependent"]
    desk.do(dependents.remove_dependent, removed)
    with pytest.raises(errors.UnknownDependent):
        booked(desk, party(guardian, slot, members[4:], with_holder=False))
    assert desk.booked(slot) == 0


def test_one_of_a_party_gives_up_or_all_do(desk: Desk) -> None:
    """The places of those who go are free, the others keep theirs; again changes nothing."""
    guardian, members = family(desk, 3)
    slot = desk.add_slot()
    answer = booked(desk, party(guardian, slot, members))
    child = answer.party[2].code
    assert [one.status for one in desk.cancel(guardian, child).party].count("cancelled") == 1
    assert desk.booked(slot) == desk.rows_in(slot) == 3
    desk.heard()
    everyone = CancelParty(person_id=guardian, code=answer.code)
    for events in (3, 0):
        given: dict[str, Any] = {"signer": desk.ticket_signer, "returns": desk.returns}
        done = desk.do(own_bookings.cancel_party, everyone, **given)
        assert {one.status for one in done.party} == {"cancelled"}
        assert len([event for event in desk.heard() if isinstance(event, BookingCancelled)]) == events
    assert desk.booked(slot) == desk.rows_in(slot) == 0


def test_a_child_cannot_be_booked_twice_at_once(desk: Desk) -> None:
    """Ten slots asked for at the same moment: one party, and no place lost in the other slots."""
    guardian, members = family(desk, 2)
    slots = [desk.add_slot(hour=hour, capacity=3) for hour in range(9, 19)]
    commands = [
        party(guardian, slot, members, idempotency_key=f"key-{at:04}") for at, slot in enumerate(slots)
    ]
    outcomes = [outcome[0] for outcome in at_once(desk.calls(commands)) if isinstance(outcome, list)]
    assert sorted(codes(outcomes)) == [errors.AlreadyBooked.code] * 9 + ["booked"]
    assert sum(desk.booked(slot) for slot in slots) == sum(desk.rows_in(slot) for slot in slots) == 3


def test_a_family_may_come_again_after_its_visit(desk: Desk) -> None:
    """What is over stands in nobody's way."""
    guardian, members = family(desk, 1)
    booked(desk, party(guardian, desk.add_slot(hour=9), members))
    late = party(guardian, desk.add_slot(hour=15), members, idempotency_key="key-0002")
    assert codes(desk.try_book(late, now=NOW + timedelta(hours=3))) == ["booked"]


def test_nobody_sees_another_familys_bookings(desk: Desk) -> None:
    """A dependent's booking is the guardian's to read."""
    guardian, members = family(desk, 1)
    code = booked(desk, party(guardian, desk.add_slot(), members, with_holder=False)).code
    for other in (desk.person(), members[0]):
        with pytest.raises(errors.UnknownBooking):
            desk.booking(other, code)
    assert desk.try_book(wish(members[0], desk.add_slot(hour=10)))[0].code == errors.UnknownAccount.code
