"""One identity for a NIK, whoever books for it: an account of one's own, or somebody's family."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from contracts.events import ContactChanged, PersonErased, RegistrationRepeated, SlotBooked
from contracts.requests.booking import Booking, BookSlot
from contracts.requests.dependents import AddDependent, RemoveDependent
from contracts.requests.own_data import ErasePerson
from services.booking import errors
from services.booking.handlers import dependents, no_shows, own_data
from services.booking.home_visit_errors import HomeVisitLimit
from services.booking.store import tables
from services.booking.store.no_shows import put_waits
from services.booking.store.own_data import forget_bookings
from tests.contention import at_once
from tests.held_clock import hold_ids
from tests.integration.booking.desk import NOW, TARAKAN, Desk, codes, wish
from tests.integration.booking.paying import erasing
from tests.integration.booking.test_assistance import assist
from tests.integration.booking.test_home_visits import ask, cases, own, schedule

SITI = "6571015708050011"
BORN = date(2005, 8, 17)
LATER = NOW + timedelta(days=30)
TOMORROW_IN_SECONDS = 86_400 - NOW.hour * 3_600 - NOW.minute * 60 - NOW.second


def add(desk: Desk, guardian: str, *, now: datetime = NOW) -> str:
    """Take Siti into a family; return her id."""
    command = AddDependent(
        guardian_id=guardian, nik=SITI, name="Siti Aminah", display_name="Siti", birth_date=BORN
    )
    return desk.do(dependents.add_dependent, command, adding=desk.adding(now), now=now).person_id


def rows(desk: Desk) -> list[Any]:
    """Read what is kept of all who are or were in a family."""
    with desk.database.engine.connect() as connection:
        return list(connection.execute(select(tables.dependent)))


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


@pytest.mark.parametrize("leave", [remove, lambda desk, _guardian, _siti: register(desk)])
def test_a_visit_at_home_ends_with_the_family_that_asked_for_it(
    desk: Desk, leave: Callable[[Desk, str, str], object]
) -> None:
    """The office reads that it is called off, with her name; nobody else reads the address."""
    desk.add_office(replace(TARAKAN, covers=("Kabupaten Malinau",)))
    mother, father = desk.register(), desk.register()
    siti = add(desk, mother)
    asked = ask(desk, mother, dependent=siti)
    schedule(desk, asked.visit_id)
    leave(desk, mother, siti)
    (case,) = cases(desk)
    assert (case.visit.status, case.name, case.visit.display_name) == ("withdrawn", "Siti Aminah", "Siti")
    assert [(one.status, one.display_name) for one in own(desk, mother)] == [("withdrawn", "Siti")]
    if leave is remove:
        assert add(desk, father) == siti
        assert own(desk, father) == ()
        assert ask(desk, father, dependent=siti).dependent == siti
    else:
        assert own(desk, siti) == ()
        assert ask(desk, siti).status == "requested"
    with pytest.raises(errors.UnknownDependent):
        ask(desk, mother, dependent=siti)


def test_no_visit_is_asked_for_while_she_is_taken_out_of_the_family(desk: Desk) -> None:
    """Whichever comes first: nothing stays open for somebody in nobody's hands."""
    desk.add_office(replace(TARAKAN, covers=("Kabupaten Malinau",)))
    for _ in range(5):
        guardian = desk.register()
        siti = add(desk, guardian)
        together: list[Callable[[], object]] = [
            partial(ask, desk, guardian, dependent=siti),
            partial(remove, desk, guardian, siti),
        ]
        asked, removed = at_once(together)
        assert removed is None
        if isinstance(asked, Exception):
            assert isinstance(asked, errors.UnknownDependent | HomeVisitLimit)
        assert {one.status for one in own(desk, guardian)} <= {"withdrawn"}


def test_who_is_erased_takes_along_the_visits_that_others_asked_for(desk: Desk) -> None:
    """What their family once wrote about them, too."""
    desk.add_office(replace(TARAKAN, covers=("Kabupaten Malinau",)))
    guardian = desk.register()
    siti = add(desk, guardian)
    ask(desk, guardian, dependent=siti)
    assert register(desk) == siti
    command = ErasePerson(person_id=siti, password="sepuluh huruf")
    desk.do(own_data.erase_person, command, sign_in=desk.sign_in(), erasing=erasing(desk))
    assert own(desk, guardian) == ()


def test_nobody_tries_nik_after_nik(desk: Desk) -> None:
    """Ten a day, known or not, removed again or refused; the next day there are more."""
    guardian, other = desk.register(), desk.register()
    siti = add(desk, other)
    for _ in range(9):
        with pytest.raises(errors.DependentExists):
            add(desk, guardian)
    remove(desk, other, siti)
    assert add(desk, guardian) == siti
    remove(desk, guardian, siti)
    with pytest.raises(errors.TooManyAttempts) as refused:
        add(desk, guardian)
    assert refused.value.data == {"retry_seconds": TOMORROW_IN_SECONDS}
    assert add(desk, guardian, now=NOW + timedelta(days=1)) == siti


def test_of_who_was_removed_only_what_keeps_them_one_is_left(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither name, nor birth date, nor NIK; and nothing at all once no booking refers to them."""
    hold_ids(monkeypatch, NOW)
    guardian = desk.register()
    siti = add(desk, guardian)
    booking = book_for(desk, guardian, siti)
    remove(desk, guardian, siti)
    (row,) = rows(desk)
    assert (row.name, row.display_name, row.birth_date, row.nik_ciphertext) == ("–", "–", None, b"")
    desk.do(dependents.forget_removed)
    assert [row.person_id for row in rows(desk)] == [siti]
    desk.cancel(guardian, booking.code)
    assert desk.do(forget_bookings, before=LATER, most=9, now=LATER) == 1
    desk.heard()
    desk.do(dependents.forget_removed, now=LATER)
    assert rows(desk) == []
    (told,) = desk.heard()
    assert isinstance(told, PersonErased)
    assert told.people == (siti,)
    assert add(desk, guardian) != siti


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
