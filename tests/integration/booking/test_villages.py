"""A village's clerk books for its people: where, for whom, how many, and who hears of it."""

from dataclasses import replace
from typing import Any

import pytest
import uuid_utils

from contracts.events import BookingCancelled, ContactChanged, RegistrationRepeated
from contracts.requests.assistance import (
    CancelAssistedBooking,
    GetAssistedBooking,
    GetVillage,
    ListAssistedDays,
    ListAssistedSlots,
    Village,
)
from contracts.requests.booking import Booking, ListDays, ListSlots
from services.booking import errors
from services.booking.assistance_errors import NoVillage, OfficeNotCovering
from services.booking.handlers.assisted_bookings import (
    Helping,
    cancel_assisted_booking,
    get_assisted_booking,
)
from services.booking.handlers.assisted_slots import list_assisted_days, list_assisted_slots
from services.booking.handlers.slots import list_days, list_slots
from services.booking.handlers.villages import get_village
from services.booking.store import tables
from services.booking.store.accounts import StaffRecord
from services.booking.store.assistance import assisted_booking, assisted_contact
from services.booking.store.audit import audit_entry
from services.booking.store.colleagues import add as add_staff
from services.booking.store.daily_tries import daily_try
from tests.integration.booking.desk import TARAKAN, Desk
from tests.integration.booking.test_assistance import NIK, SITI, assist, rows
from tests.integration.booking.test_parties import CHILD, add
from tests.integration.booking.test_quotas import kept

VILLAGE_PHONE = "+628115550101"
PHONE = "0812 3456 7890"
COVERS = ("Kota Tarakan", "Kabupaten Malinau")


@pytest.fixture
def clerk(desk: Desk) -> str:
    """A clerk of a village in Malinau, which Tarakan's office covers."""
    desk.add_office(replace(TARAKAN, covers=COVERS))
    desk.heard()
    return village(desk, "Kabupaten Malinau: Mentarang")


def village(desk: Desk, district: str) -> str:
    """Know a village; return its clerk's id."""
    record = StaffRecord(
        staff_id=str(uuid_utils.uuid7()),
        login=f"desa.{next(desk.serials)}",
        display_name="Desa",
        role="village",
        office=None,
        password_hash="",
        district=district,
        phone=VILLAGE_PHONE,
    )
    desk.do(add_staff, record)
    return record.staff_id


def help_out(desk: Desk, clerk: str, slot: str, **changes: Any) -> Booking:
    """Book for a person of the village."""
    return assist(desk, slot, officer_id=clerk, role="village", **changes)


def find(desk: Desk, clerk: str, code: str, **changes: Any) -> Booking:
    """Look for a booking that was made for somebody."""
    asked = {"officer_id": clerk, "role": "village", "office": "TRK", "code": code, **changes}
    return desk.do(get_assisted_booking, GetAssistedBooking(**asked), helping=helping(desk))


def give_up(desk: Desk, clerk: str, code: str, **changes: Any) -> Booking:
    """Give such a booking up."""
    asked = {"officer_id": clerk, "role": "village", "office": "TRK", "code": code, **changes}
    return desk.do(cancel_assisted_booking, CancelAssistedBooking(**asked), helping=helping(desk))


def helping(desk: Desk) -> Helping:
    """Return what it stands on."""
    return Helping(vault=desk.vault, signer=desk.ticket_signer)


def test_a_clerk_learns_where_they_may_book(desk: Desk, clerk: str) -> None:
    """At offices that cover the district and take bookings; others are not named."""
    elsewhere = replace(TARAKAN, code="SKW", covers=("Kabupaten Bengkayang",))
    desk.add_office(elsewhere)
    asked = GetVillage(clerk_id=clerk)
    district = "Kabupaten Malinau: Mentarang"
    assert desk.do(get_village, asked) == Village(district=district, offices=("TRK",))
    desk.set_status("suspended")
    assert desk.do(get_village, asked).offices == ()
    with pytest.raises(NoVillage):
        desk.do(get_village, GetVillage(clerk_id=str(uuid_utils.uuid7())))


def test_a_clerk_books_at_an_office_that_covers_the_village(desk: Desk, clerk: str) -> None:
    """As an officer does; who it was is written down, with the role."""
    booking = help_out(desk, clerk, desk.add_slot())
    assert desk.tickets.verify(booking.ticket, now=booking.starts_at).booking_id == booking.booking_id
    deeds = [(deed.action, deed.role, deed.actor) for deed in rows(desk, audit_entry)]
    assert deeds == [
        ("assistance_asked", "village", clerk),
        ("booked_with_assistance", "village", clerk),
    ]


def test_nowhere_else_and_nothing_is_told_of_a_nik(desk: Desk, clerk: str) -> None:
    """Neither a village of another regency, nor who claims to be one; it is no try either."""
    slot = desk.add_slot()
    stranger = village(desk, "Kabupaten Bengkayang")
    with pytest.raises(OfficeNotCovering) as refused:
        help_out(desk, stranger, slot)
    assert refused.value.data == {"office": "TRK", "district": "Kabupaten Bengkayang"}
    with pytest.raises(NoVillage):
        help_out(desk, "officer-1", slot)
    assert rows(desk, assisted_booking) == rows(desk, daily_try) == rows(desk, audit_entry) == []
    assert help_out(desk, clerk, slot).status == "booked"


def test_who_has_no_phone_is_told_over_the_villages(desk: Desk, clerk: str) -> None:
    """Who has one is told over their own."""
    slot = desk.add_slot()
    help_out(desk, clerk, slot, via_village=True)
    help_out(desk, clerk, slot, nik="6571011708500043", phone=PHONE, via_village=True)
    told = [event.phone for event in desk.heard() if isinstance(event, ContactChanged)]
    assert told == [VILLAGE_PHONE, "+6281234567890"]
    assert [(row.phone, row.is_village) for row in rows(desk, assisted_contact)] == [
        (VILLAGE_PHONE, True),
        ("+6281234567890", False),
    ]


def test_an_officer_has_no_villages_phone(desk: Desk, clerk: str) -> None:
    """And makes nobody with it."""
    with pytest.raises(NoVillage):
        assist(desk, desk.add_slot(), via_village=True)
    assert rows(desk, assisted_contact) == []


def test_the_villages_phone_proves_nobody(desk: Desk, clerk: str) -> None:
    """Whoever registers with it needs the code on the paper; the village hears of it."""
    booking = help_out(desk, clerk, desk.add_slot(), via_village=True)
    desk.heard()
    with pytest.raises(errors.BookingCodeNeeded):
        desk.register(**SITI, phone=VILLAGE_PHONE)
    told = {one.address for one in desk.heard() if isinstance(one, RegistrationRepeated)}
    assert told == {VILLAGE_PHONE}
    person = desk.register(**SITI, phone=PHONE, booking_code=booking.code)
    assert [one.code for one in desk.bookings_of(person)] == [booking.code]


def test_a_clerk_books_for_so_many_people_a_day(desk: Desk, clerk: str) -> None:
    """Another number than an officer; here half as many."""
    slot = desk.add_slot()
    help_out(desk, clerk, slot, most=2)
    with pytest.raises(errors.AssistanceLimit) as refused:
        help_out(desk, clerk, slot, nik="6571011708500043", most=2)
    assert refused.value.data == {"most": 1}
    assert assist(desk, slot, nik="6571011708500043", most=2).status == "booked"


def test_the_ticket_is_found_again_by_who_made_it(desk: Desk, clerk: str) -> None:
    """Officers find those that were made at their office, a clerk only their own."""
    slot = desk.add_slot()
    mine = help_out(desk, clerk, slot)
    theirs = assist(desk, slot, nik="6571011708500043")
    assert find(desk, clerk, mine.code).ticket == mine.ticket
    assert find(desk, "officer-2", mine.code, role="officer").ticket == mine.ticket
    own = desk.book(desk.person(), slot)
    other_clerk = village(desk, "Kabupaten Malinau")
    for who, code, more in (
        (clerk, theirs.code, {}),
        (other_clerk, mine.code, {}),
        (clerk, own.code, {}),
        ("officer-2", own.code, {"role": "officer"}),
        ("officer-2", mine.code, {"role": "officer", "office": "SKW"}),
    ):
        with pytest.raises(errors.UnknownBooking):
            find(desk, who, code, **more)


def test_it_is_given_up_as_its_person_asks(desk: Desk, clerk: str) -> None:
    """Written down once, however often it is sent; the others are told as always."""
    slot = desk.add_slot()
    booking = help_out(desk, clerk, slot)
    desk.heard()
    assert give_up(desk, clerk, booking.code).status == "cancelled"
    assert give_up(desk, clerk, booking.code).ticket == ""
    assert [type(event) for event in desk.heard()] == [BookingCancelled]
    deeds = [(deed.action, deed.subject) for deed in rows(desk, audit_entry)]
    assert deeds[-1] == ("assisted_booking_cancelled", booking.booking_id)
    assert [action for action, _ in deeds].count("assisted_booking_cancelled") == 1
    assert desk.booked(slot) == 0
    assert help_out(desk, clerk, slot, nik=NIK).status == "booked"


def test_what_the_guardian_could_give_up_is_given_up(desk: Desk, clerk: str) -> None:
    """A booking for somebody's dependent is found and given up like any other."""
    guardian = desk.person()
    add(desk, guardian)
    child = help_out(desk, clerk, desk.add_slot(), nik=CHILD["nik"], birth_date=CHILD["birth_date"])
    assert give_up(desk, clerk, child.code).status == "cancelled"
    assert desk.booking(guardian, child.code).status == "cancelled"


def test_who_is_helped_sees_the_places_that_are_kept(open_desk: Desk) -> None:
    """On the day and in its hours; everybody else sees one less, and all are left to who is of a class."""
    slot = kept(open_desk, assisted=1)
    (row,) = [row for row in rows(open_desk, tables.slot) if row.slot_id == slot]
    asked: dict[str, Any] = {"office": "TRK", "for_service": "new"}
    everybodys = open_desk.do(list_slots, ListSlots(date=row.date, **asked)).slots
    helped = open_desk.do(list_assisted_slots, ListAssistedSlots(date=row.date, **asked)).slots
    public, shown = (next(one for one in of if one.slot_id == slot) for of in (everybodys, helped))
    assert (shown.places_left, public.places_left) == (4, 3)
    days = open_desk.do(list_days, ListDays(**asked)).days
    with_kept = open_desk.do(list_assisted_days, ListAssistedDays(**asked)).days
    assert [one.date for one in with_kept] == [one.date for one in days]
    assert sum(one.places_left for one in with_kept) > sum(one.places_left for one in days)
    assist(open_desk, slot)
    again = open_desk.do(list_assisted_slots, ListAssistedSlots(date=row.date, **asked)).slots
    assert next(one for one in again if one.slot_id == slot).places_left == 3
