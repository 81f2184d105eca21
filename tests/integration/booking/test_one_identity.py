"""One identity for a NIK, whoever books for it: an account of one's own, or somebody's family."""

from datetime import date, timedelta

import pytest

from contracts.events import ContactChanged, RegistrationRepeated
from contracts.requests.booking import Booking, BookSlot
from contracts.requests.dependents import AddDependent, RemoveDependent
from contracts.requests.own_data import ErasePerson
from services.booking import errors
from services.booking.handlers import dependents, own_data
from tests.integration.booking.desk import NOW, Desk
from tests.integration.booking.paying import erasing

SITI = "6571015708050011"
BORN = date(2005, 8, 17)
LATER = NOW + timedelta(days=30)


def add(desk: Desk, guardian: str) -> str:
    """Take Siti into a family; return her id."""
    command = AddDependent(
        guardian_id=guardian, nik=SITI, name="Siti Aminah", display_name="Siti", birth_date=BORN
    )
    return desk.do(dependents.add_dependent, command, vault=desk.vault).person_id


def remove(desk: Desk, guardian: str, person: str) -> None:
    """Take her out of a family."""
    desk.do(dependents.remove_dependent, RemoveDependent(guardian_id=guardian, person_id=person))


def book_for(desk: Desk, guardian: str, person: str, *, key: str = "key-0001") -> Booking:
    """Book an hour for her alone."""
    slot = desk.add_slot(hour=9 + next(desk.serials) % 7, service="collection")
    command = BookSlot(
        person_id=guardian, slot_id=slot, idempotency_key=key, with_holder=False, dependents=(person,)
    )
    (outcome,) = desk.try_book(command)
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def register(desk: Desk) -> str:
    """Let her register herself; return her id."""
    return desk.register(nik=SITI, birth_date=BORN, sex="female", name="Siti Aminah", display_name="Siti")


def test_who_registers_stays_who_they_were_and_leaves_the_family(desk: Desk) -> None:
    """Their messages go to their own phone, the family is told, and cannot book for them any more."""
    guardian = desk.register()
    siti = add(desk, guardian)
    desk.heard()
    assert register(desk) == siti
    heard = desk.heard()
    (told,) = [one for one in heard if isinstance(one, RegistrationRepeated)]
    (contact,) = [one for one in heard if isinstance(one, ContactChanged)]
    assert (told.about, told.channel, contact.person_id) == ("family", "whatsapp", siti)
    assert contact.phone != told.address
    with pytest.raises(errors.UnknownDependent):
        book_for(desk, guardian, siti)
    assert desk.book(siti, desk.add_slot()).status == "booked"
    with pytest.raises(errors.DependentExists):
        add(desk, guardian)


def test_nobody_registers_while_their_family_has_a_booking_ahead_for_them(desk: Desk) -> None:
    """The ticket belongs to who made it; afterwards the way is free."""
    guardian = desk.register()
    siti = add(desk, guardian)
    booking = book_for(desk, guardian, siti)
    desk.heard()
    with pytest.raises(errors.BookedByFamily):
        register(desk)
    assert [one.about for one in desk.heard() if isinstance(one, RegistrationRepeated)] == ["family"]
    assert desk.booking(guardian, booking.code).status == "booked"
    desk.cancel(guardian, booking.code)
    assert register(desk) == siti
    assert desk.bookings_of(siti) == ()
    assert [one.code for one in desk.bookings_of(guardian)] == [booking.code]


def test_who_goes_from_one_family_to_another_has_one_booking_ahead(desk: Desk) -> None:
    """Taken out while a place is booked they cannot be taken into another; afterwards they are the same."""
    mother, father = desk.register(), desk.register()
    siti = add(desk, mother)
    booking = book_for(desk, mother, siti)
    remove(desk, mother, siti)
    with pytest.raises(errors.DependentExists):
        add(desk, father)
    with pytest.raises(errors.BookedByFamily):
        register(desk)
    assert add(desk, mother) == siti
    remove(desk, mother, siti)
    desk.cancel(mother, booking.code)
    assert add(desk, father) == siti
    assert book_for(desk, father, siti, key="key-0002").status == "booked"


def test_who_registered_out_of_a_family_can_be_erased_alone(desk: Desk) -> None:
    """What the family once booked loses the name; and the family's own data stay."""
    guardian = desk.register()
    siti = add(desk, guardian)
    booking = book_for(desk, guardian, siti)
    desk.cancel(guardian, booking.code)
    assert register(desk) == siti
    command = ErasePerson(person_id=siti, password="sepuluh huruf")
    desk.do(own_data.erase_person, command, sign_in=desk.sign_in(), erasing=erasing(desk))
    (left,) = desk.bookings_of(guardian)
    assert (left.code, left.display_name) == (booking.code, "–")
    assert add(desk, guardian) != siti
