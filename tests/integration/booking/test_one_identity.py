"""One identity for a NIK, whoever books for it: an account of one's own, or somebody's family."""

from datetime import date, timedelta
from typing import Any

import pytest

from contracts.events import ContactChanged, RegistrationRepeated, SlotBooked
from contracts.requests.booking import Booking, BookSlot
from contracts.requests.dependents import AddDependent, RemoveDependent
from contracts.requests.own_data import ErasePerson
from services.booking import errors
from services.booking.handlers import dependents, no_shows, own_data
from services.booking.store.no_shows import put_waits
from tests.integration.booking.desk import NOW, Desk, codes, wish
from tests.integration.booking.paying import erasing
from tests.integration.booking.test_assistance import assist

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


def test_a_key_that_a_former_family_used_is_refused_and_costs_the_others_of_its_batch_nothing(
    desk: Desk,
) -> None:
    """One booking for a person and a key; the key answers that one, and it is not this family's."""
    mother, father, stranger = desk.register(), desk.register(), desk.person()
    siti = add(desk, mother)
    desk.cancel(mother, book_for(desk, mother, siti).code)
    remove(desk, mother, siti)
    assert add(desk, father) == siti
    slot = desk.add_slot(hour=15)
    family = BookSlot(
        person_id=father, slot_id=slot, idempotency_key="key-0001", with_holder=False, dependents=(siti,)
    )
    assert codes(desk.try_book(family, wish(stranger, slot))) == ["idempotency_key_reused", "booked"]
    assert book_for(desk, father, siti, key="key-0002").status == "booked"
    desk.cancel(father, desk.bookings_of(father)[0].code)
    assert register(desk) == siti
    with pytest.raises(errors.IdempotencyKeyReused):
        desk.book(siti, slot)


def test_an_officer_books_for_who_was_taken_out_of_a_family_as_who_they_are(desk: Desk) -> None:
    """They have one booking ahead, their waits, and messages that go to nobody of the family any more."""
    mother = desk.register()
    siti = add(desk, mother)
    booking = book_for(desk, mother, siti)
    remove(desk, mother, siti)
    desk.do(put_waits, siti, {"TRK": LATER.isoformat()})
    form: dict[str, Any] = {"nik": SITI, "birth_date": BORN}
    slot = desk.add_slot(hour=15)
    with pytest.raises(errors.ApplicantHasBooking):
        assist(desk, slot, **form)
    desk.cancel(mother, booking.code)
    desk.heard()
    assert assist(desk, slot, **form).status == "booked"
    contact, booked = desk.heard()
    assert isinstance(contact, ContactChanged)
    assert isinstance(booked, SlotBooked)
    assert contact.phone is None
    assert contact.person_id == booked.person_id == siti
    (shown,) = desk.bookings_of(siti)
    assert shown.status == "booked"
    (wait,) = desk.do(no_shows.waits_of, siti)
    assert wait.book_from == LATER.date()
    with pytest.raises(errors.DependentExists):
        add(desk, mother)


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
