"""Hours at which an office will not work after all, and the people who booked them.

A booking is never lost: it stands in its withdrawn slot until its person gives it up, or the office
works at that time again.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from chassis.database import Transaction
from contracts.events import BookingAffected, BookingReinstated, OfficeOutageDeclared, OfficeOutageLifted
from contracts.requests.outages import BookingOutage, BookingOutages, ListOwnOutages
from services.booking.domain.booking import Booking
from services.booking.domain.office import Office
from services.booking.domain.outage import OutageReason, WithdrawnHours
from services.booking.domain.slot_plan import KnownSlot, SlotChanges
from services.booking.handlers import no_shows
from services.booking.handlers.bookings import event_data
from services.booking.handlers.office_days import OfficeDays, office_days
from services.booking.store import affected, offices


def tell_outages(tx: Transaction, office: Office, changes: SlotChanges, days: OfficeDays) -> None:
    """Tell of slots that were withdrawn or restored: of each booking in them, and of each date."""
    if not changes.withdrawn and not changes.restored:
        return
    for booking in _touched(tx, changes.withdrawn):
        reason = days.reason(booking.date)
        tx.emit(BookingAffected(**event_data(booking), cause=reason.cause, note=reason.note))
    no_shows.count_days(tx, office)
    still = {booking.booking_id for booking in affected.affected_bookings(tx, office.code)}
    for booking in _touched(tx, changes.restored):
        if booking.booking_id not in still:
            tx.emit(BookingReinstated(**event_data(booking)))
    _tell_dates(tx, office, changes, days)


def list_own_outages(tx: Transaction, query: ListOwnOutages) -> BookingOutages:
    """Read which of a person's bookings are affected, and why."""
    found = affected.own_affected_bookings(tx, query.person_id)
    reasons = [(booking.code, _reason(tx, booking)) for booking in found]
    return BookingOutages(
        outages=tuple(BookingOutage(code=code, cause=why.cause, note=why.note) for code, why in reasons)
    )


def _reason(tx: Transaction, booking: Booking) -> OutageReason:
    office = offices.find_office(tx, booking.office)
    if office is None:
        raise LookupError(f"booking {booking.code} is at no office")
    return office_days(tx, office, [booking.date]).reason(booking.date)


def _tell_dates(tx: Transaction, office: Office, changes: SlotChanges, days: OfficeDays) -> None:
    version = offices.next_calendar_version(tx, office.code)
    withdrawn = affected.withdrawn_hours(tx, office.code)
    lifted = {slot.time.date: slot for slot in changes.restored}
    for day in sorted({slot.time.date for slot in (*changes.withdrawn, *changes.restored)}):
        hours = withdrawn.get(day)
        if hours is not None and _is_told(days, hours):
            tx.emit(OfficeOutageDeclared(**_outage(office, days, hours), version=version))
        elif hours is None and day in lifted:
            tx.emit(OfficeOutageLifted(**_outage(office, days, _hours(changes, day)), version=version))


def _is_told(days: OfficeDays, hours: WithdrawnHours) -> bool:
    """Other hours of work are no outage, as long as nobody has booked the old ones."""
    return hours.affected > 0 or days.reason(hours.date).cause != "hours"


def _hours(changes: SlotChanges, day: date) -> WithdrawnHours:
    times = [slot.time for slot in changes.restored if slot.time.date == day]
    return WithdrawnHours(
        date=day,
        begins_at=min(time.starts_at for time in times),
        ends_at=max(time.ends_at for time in times),
        affected=0,
    )


def _touched(tx: Transaction, slots: Collection[KnownSlot]) -> list[Booking]:
    return affected.touch_bookings(tx, [slot.slot_id for slot in slots])


def _outage(office: Office, days: OfficeDays, hours: WithdrawnHours) -> dict[str, Any]:
    reason = days.reason(hours.date)
    return {
        "outage_id": f"{office.code}:{hours.date}",
        "office": office.code,
        "date": hours.date,
        "begins_at": hours.begins_at,
        "ends_at": hours.ends_at,
        "affected": hours.affected,
        "cause": reason.cause,
        "note": reason.note,
    }
