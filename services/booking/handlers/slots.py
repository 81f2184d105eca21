"""The slots: which there are, and opening those of the coming days."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import uuid_utils

from chassis.database import Transaction
from contracts.requests.booking import Days, ListDays, ListSlots, Slots
from services.booking.domain.calendar import Calendar, SlotTime, slot_times
from services.booking.domain.office import Office
from services.booking.domain.release import TWO_WEEKS, days_released
from services.booking.handlers.offices import selling_office
from services.booking.handlers.public_holidays import public_holidays
from services.booking.store import offices, slots


def list_slots(tx: Transaction, query: ListSlots) -> Slots:
    """Read a day's slots. Raises UnknownOffice, OfficeNotOpen, UnknownServiceHere."""
    office = selling_office(tx, query.office, query.for_service)
    found = slots.list_slots(tx, office, query.for_service, query.date)
    return Slots(office=office.code, service=query.for_service, date=query.date, slots=found)


def list_days(tx: Transaction, query: ListDays) -> Days:
    """Read on which days there are slots. Raises UnknownOffice, OfficeNotOpen, UnknownServiceHere."""
    office = selling_office(tx, query.office, query.for_service)
    found = slots.list_days(tx, office, query.for_service)
    return Days(office=office.code, service=query.for_service, days=found)


def selling_offices(tx: Transaction) -> list[str]:
    """List the codes of the offices that give out slots."""
    return [office.code for office in offices.list_offices(tx) if office.is_selling]


def open_slots(tx: Transaction, code: str) -> None:
    """Make the slots of an office's coming days; those that are there already stay as they are."""
    office = offices.find_office(tx, code)
    if office is None or not office.is_selling:
        return
    times = list(_times(tx, office))
    slots.add_slots(tx, [_row(office, service, time) for service in office.services for time in times])


def _times(tx: Transaction, office: Office) -> Iterator[SlotTime]:
    calendar = Calendar.of_week(tuple(offices.working_hours(tx, office.code)))
    today = tx.now.astimezone(office.zone).date()
    for day in days_released(TWO_WEEKS, today=today, until=tx.now, zone=office.zone):
        holidays = {day: ""} if _is_closed(office, day) else {}
        times = slot_times(calendar.day(day, holidays), slot_minutes=office.slot_minutes, zone=office.zone)
        yield from (time for time in times if tx.now < time.ends_at)


def _is_closed(office: Office, day: date) -> bool:
    return office.observes_holidays and day in public_holidays(day.year)


def _row(office: Office, service: str, time: SlotTime) -> dict[str, Any]:
    return {
        "slot_id": str(uuid_utils.uuid7()),
        "office": office.code,
        "service": service,
        "date": time.date,
        "starts_at": time.starts_at,
        "ends_at": time.ends_at,
        "capacity": office.slot_capacity,
    }
