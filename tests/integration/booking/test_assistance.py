"""An officer books for who cannot do it alone: as whom, which place they get, and what is written down."""

from collections import Counter
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select

from contracts.events import ContactChanged, RegistrationRepeated, SlotBooked
from contracts.refusals import Refused
from contracts.requests.assistance import BookWithAssistance
from contracts.requests.booking import Booking
from contracts.requests.own_data import OwnAssistance
from services.booking import errors
from services.booking.handlers.assistance import Assistance, book_with_assistance, forget_old_tries
from services.booking.store.assistance import assisted_booking, assisted_contact
from services.booking.store.audit import audit_entry
from services.booking.store.daily_tries import daily_try
from tests.contention import at_once
from tests.integration.booking.desk import NOW, TODAY, Desk
from tests.integration.booking.test_own_data import export
from tests.integration.booking.test_parties import CHILD, add
from tests.integration.booking.test_quotas import ask, kept

NIK = "6571011708500042"
BORN = date(1950, 8, 17)
PHONE = "0812 3456 7890"
SITI: dict[str, Any] = {
    "nik": NIK,
    "birth_date": BORN,
    "name": "Siti Aminah",
    "display_name": "Bu Siti",
}


def assist(desk: Desk, slot_id: str, *, most: int = 40, now: Any = NOW, **changes: Any) -> Booking:
    """Book for somebody at Tarakan, as its officer."""
    form: dict[str, Any] = {
        "officer_id": "officer-1",
        "role": "officer",
        "office": "TRK",
        "idempotency_key": f"key-{next(desk.serials):05}",
        "nik": NIK,
        "name": "Siti Aminah",
        "display_name": "Ibu Siti",
        "birth_date": BORN,
        "for_service": "new",
        "slot_id": slot_id,
        "consent": True,
        "consent_given": "spoken",
        **changes,
    }
    transactions = partial(desk.database.transaction, now=now)
    terms = Assistance(
        transactions=transactions,
        vault=desk.vault,
        signer=desk.ticket_signer,
        most_a_day=most,
        most_of_village=most // 2,
    )
    return desk.do(book_with_assistance, BookWithAssistance(**form), terms=terms, now=now)


def rows(desk: Desk, table: Any) -> list[Any]:
    """Read a table."""
    with desk.database.engine.connect() as connection:
        return list(connection.execute(select(table)))


def test_somebody_unknown_gets_a_ticket_that_can_be_printed(desk: Desk) -> None:
    """Check-in hears of the booking, notify of the phone; who did it and how they agreed is written down."""
    booking = assist(desk, desk.add_slot(), phone="0812 3456 7890")
    assert desk.tickets.verify(booking.ticket, now=NOW).booking_id == booking.booking_id
    contact, booked = desk.heard()
    assert isinstance(contact, ContactChanged)
    assert (contact.phone, contact.email) == ("+6281234567890", None)
    assert isinstance(booked, SlotBooked)
    assert (booked.person_id, booked.display_name) == (contact.person_id, "Ibu Siti")
    (kept_row,) = rows(desk, assisted_booking)
    assert (kept_row.officer_id, kept_row.office, kept_row.consent_given) == ("officer-1", "TRK", "spoken")
    (_, deed) = rows(desk, audit_entry)
    assert (deed.actor, deed.action, deed.subject) == (
        "officer-1",
        "booked_with_assistance",
        booking.booking_id,
    )
    assert deed.details == {"person": contact.person_id, "consent": "spoken"}
    assert NIK not in str(deed)


def test_who_has_no_phone_is_booked_for_too(desk: Desk) -> None:
    """Nobody is told then: the printed ticket says it all."""
    assist(desk, desk.add_slot())
    assert [type(event) for event in desk.heard()] == [SlotBooked]


def test_who_is_known_by_the_nik_is_booked_for_as_who_they_are(desk: Desk) -> None:
    """With an account, as a dependent, or from the last time; under the name that they chose."""
    slot = desk.add_slot()
    citizen = desk.registered(NIK)
    booking = assist(desk, slot)
    assert desk.booking(citizen, booking.code).display_name != "Ibu Siti"
    guardian = desk.person()
    add(desk, guardian)
    child = assist(desk, slot, nik=CHILD["nik"], birth_date=CHILD["birth_date"])
    assert desk.booking(guardian, child.code).display_name == CHILD["display_name"]
    with pytest.raises(errors.ApplicantHasBooking) as refused:
        assist(desk, slot)
    assert refused.value.data == {}


def test_every_try_is_written_down_and_counted_though_it_is_refused(desk: Desk) -> None:
    """So nobody tries out NIKs unseen: three tries for each booking that may be made, and no more."""
    slot, over = desk.add_slot(), desk.add_slot(hour=6)
    citizen = desk.registered(NIK)
    desk.book(citizen, slot)
    for nik in (NIK, "6571011708500043"):
        with pytest.raises(errors.SlotOver):
            assist(desk, over, nik=nik, most=1)
    with pytest.raises(errors.ApplicantHasBooking):
        assist(desk, slot, most=1)
    with pytest.raises(errors.AssistanceLimit):
        assist(desk, slot, nik="6571011708500043", most=1)
    asked = [(deed.action, deed.actor, deed.subject) for deed in rows(desk, audit_entry)]
    assert asked == [("assistance_asked", "officer-1", who) for who in (citizen, "unknown") * 2]
    desk.do(forget_old_tries, now=NOW + timedelta(days=3))
    assert rows(desk, daily_try) == []


def test_a_person_who_was_helped_registers_with_the_phone_given_at_the_desk(desk: Desk) -> None:
    """The account is theirs then, with password, phone and mailbox, and what was booked."""
    booking = assist(desk, desk.add_slot(), phone=PHONE)
    person = desk.register(**SITI, phone=PHONE)
    assert [one.code for one in desk.bookings_of(person)] == [booking.code]
    assert rows(desk, assisted_contact) == []
    with pytest.raises(errors.AccountExists):
        desk.register(**SITI)


def test_the_copy_of_a_persons_data_says_who_helped_and_how_they_agreed(desk: Desk) -> None:
    """Officer, office and day."""
    slot = desk.add_slot()
    booking = assist(desk, slot, phone=PHONE)
    desk.book(desk.person(), slot)
    person = desk.register(**SITI, phone=PHONE)
    (copied,) = export(desk, person).bookings
    assert (copied.code, copied.money) == (booking.code, ())
    assert copied.assistance == OwnAssistance(
        officer_id="officer-1", office="TRK", date=TODAY, consent_given="spoken"
    )


def test_or_with_the_code_on_the_paper_and_the_phone_given_at_the_desk_is_told(desk: Desk) -> None:
    """Whose phone it was learns that somebody registered."""
    booking = assist(desk, desk.add_slot(), phone=PHONE)
    desk.heard()
    person = desk.register(**SITI, booking_code=booking.code)
    assert [one.code for one in desk.bookings_of(person)] == [booking.code]
    (told,) = (one for one in desk.heard() if isinstance(one, RegistrationRepeated))
    assert (told.address, told.about) == ("+6281234567890", "claimed")


@pytest.mark.parametrize("phone", [None, PHONE])
def test_who_knows_the_nik_alone_gets_nothing(desk: Desk, phone: str | None) -> None:
    """Neither another's booking code helps; the phone given at the desk is told, where there is one."""
    slot = desk.add_slot()
    booking = assist(desk, slot, phone=phone)
    other = desk.book(desk.person(), slot)
    assisted_other = assist(desk, slot, nik="6571011708500043")
    desk.heard()
    for code in (None, other.code, assisted_other.code):
        with pytest.raises(errors.BookingCodeNeeded):
            desk.register(**SITI, booking_code=code)
    told = {one.address for one in desk.heard() if isinstance(one, RegistrationRepeated)}
    assert told == ({"+6281234567890"} if phone else set())
    person = desk.register(**SITI, booking_code=booking.code)
    assert [one.code for one in desk.bookings_of(person)] == [booking.code]


def test_the_places_kept_for_the_assisted_are_taken_first(open_desk: Desk) -> None:
    """Others do not get them, and they are counted as what they are."""
    slot = kept(open_desk, assisted=1)
    assist(open_desk, slot)
    outcomes = [ask(open_desk, slot) for _ in range(4)]
    assert [isinstance(one, Booking) for one in outcomes] == [True, True, True, False]
    assert open_desk.booked(slot) == open_desk.rows_in(slot) == 4


def test_a_key_sent_twice_answers_the_same_booking(desk: Desk) -> None:
    """For another person or another slot it is refused; ten times at once it is one booking."""
    slot, other = desk.add_slot(capacity=2), desk.add_slot(hour=11)
    again = partial(assist, desk, slot, idempotency_key="key-of-the-form")
    made = at_once([again] * 10)
    assert {one.code for one in made if isinstance(one, Booking)} == {made[0].code}
    assert len(rows(desk, assisted_booking)) == desk.booked(slot) == 1
    deeds = Counter(deed.action for deed in rows(desk, audit_entry))
    assert deeds == {"assistance_asked": 10, "booked_with_assistance": 1}
    for nik, wanted in (("6571011708500043", slot), (NIK, other)):
        with pytest.raises(errors.IdempotencyKeyReused):
            assist(desk, wanted, nik=nik, idempotency_key="key-of-the-form")


def test_an_officer_books_for_so_many_people_a_day(desk: Desk) -> None:
    """Counted one after the other; others go on, and so does the officer on the next day."""
    slot = desk.add_slot(day=date(2026, 11, 25), capacity=20)
    niks = [f"65710117085001{serial:02}" for serial in range(12)]
    outcomes = at_once([partial(assist, desk, slot, nik=nik, most=3) for nik in niks[:9]])
    refused = [one for one in outcomes if isinstance(one, errors.AssistanceLimit)]
    assert (len(outcomes) - len(refused), refused[0].data) == (3, {"most": 3})
    assert assist(desk, slot, nik=niks[9], most=3, officer_id="officer-2").status == "booked"
    assert assist(desk, slot, nik=niks[10], most=3, now=NOW + timedelta(days=1)).status == "booked"


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"consent": False}, errors.ConsentMissing),
        ({"nik": "6571013002900001"}, errors.BadNik),
        ({"birth_date": date(1951, 8, 17)}, errors.BirthDateNotOfNik),
        ({"phone": "00000000"}, errors.BadPhone),
        ({"office": "XXX"}, errors.UnknownOffice),
        ({"for_service": "renewal"}, errors.UnknownSlot),
        ({"slot_id": "nothing"}, errors.UnknownSlot),
        ({"priority": "infant"}, errors.NotOfClass),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    desk: Desk, changes: dict[str, Any], refusal: type[Refused]
) -> None:
    """No person, and no booking."""
    slot = desk.add_slot()
    with pytest.raises(refusal):
        assist(desk, changes.pop("slot_id", slot), **changes)
    assert rows(desk, assisted_booking) == rows(desk, assisted_contact) == desk.heard() == []
    assert assist(desk, slot, priority="elderly").priority == "elderly"
