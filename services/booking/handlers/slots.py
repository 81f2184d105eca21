"""The slots: which there are, and making them what the office's calendar says."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import uuid_utils

from chassis.database import Transaction
from contracts.requests.booking import Days, ListDays, ListSlots, Slots
from services.booking.domain.calendar import slot_times
from services.booking.domain.office import Office
from services.booking.domain.release import days_released, next_release
from services.booking.domain.slot_plan import KnownSlot, SlotChanges, WantedSlot, slot_changes
from services.booking.handlers.office_days import OfficeDays, office_days
from services.booking.handlers.outages import tell_outages
from services.booking.handlers.rollout import selling_office
from services.booking.store import availability, offices, slot_plan, slots

MADE_BEFORE_RELEASE = timedelta(days=1)
"""How long before they are given out slots are made; the job that makes them runs far more often."""


def list_slots(tx: Transaction, query: ListSlots) -> Slots:
    """Read a day's slots. Raises UnknownOffice, OfficeNotOpen, UnknownServiceHere."""
    office = selling_office(tx, query.office, query.for_service)
    found = availability.list_slots(tx, office, query.for_service, query.date)
    return Slots(office=office.code, service=query.for_service, date=query.date, slots=found)


def list_days(tx: Transaction, query: ListDays) -> Days:
    """Read on which days there are slots. Raises UnknownOffice, OfficeNotOpen, UnknownServiceHere."""
    office = selling_office(tx, query.office, query.for_service)
    found = availability.list_days(tx, office, query.for_service)
    return Days(
        office=office.code,
        service=query.for_service,
        days=found,
        next_release_at=next_release(office.release, now=tx.now, zone=office.zone),
    )


def selling_offices(tx: Transaction) -> list[str]:
    """List the codes of the offices that give out slots."""
    return [office.code for office in offices.list_offices(tx) if office.is_selling]


def open_slots(tx: Transaction, code: str) -> None:
    """Make an office's slots those of its calendar, and tell whose booking is affected.

    Done again it changes nothing. Slots of dates that are not released within a day are left for later.
    """
    office = offices.lock_office(tx, code)
    if office is None:
        return
    known = slot_plan.slots_ahead(tx, code)
    made_until = tx.now + MADE_BEFORE_RELEASE
    days = office_days(tx, office, _dates(office, known, tx))
    wanted = [slot for slot in _wanted(office, days) if tx.now < slot.time.ends_at]
    changes = slot_changes(wanted, known, made_until=made_until, now=tx.now)
    _apply(tx, office, changes)
    tell_outages(tx, office, changes, days)


def _dates(office: Office, known: Sequence[KnownSlot], tx: Transaction) -> list[date]:
    """Today and the dates after it, until the last that has slots or is to get some."""
    today = tx.now.astimezone(office.zone).date()
    until = tx.now + MADE_BEFORE_RELEASE
    released = days_released(office.release, today=today, until=until, zone=office.zone)
    last = max([today, *released[-1:], *(slot.time.date for slot in known)])
    return [today + timedelta(days=ahead) for ahead in range((last - today).days + 1)]


def _wanted(office: Office, days: OfficeDays) -> Iterator[WantedSlot]:
    for day in days.working():
        released_at = office.release.released_at(day.date, office.zone)
        for time in slot_times(day, slot_minutes=office.slot_minutes, zone=office.zone):
            for service in office.services:
                yield WantedSlot(
                    service=service, time=time, capacity=office.slot_capacity, released_at=released_at
                )


def _apply(tx: Transaction, office: Office, changes: SlotChanges) -> None:
    changed = (*changes.withdrawn, *changes.restored, *changes.adjusted)
    slots.lock_offers(tx, {slot.slot_id for slot in changed})
    slot_plan.withdraw_slots(tx, [slot.slot_id for slot in changes.withdrawn])
    slot_plan.adjust_slots(tx, (*changes.restored, *changes.adjusted))
    slot_plan.add_slots(tx, [_row(office, slot) for slot in changes.added])


def _row(office: Office, slot: WantedSlot) -> dict[str, Any]:
    return {
        "slot_id": str(uuid_utils.uuid7()),
        "office": office.code,
        "service": slot.service,
        "date": slot.time.date,
        "starts_at": slot.time.starts_at,
        "ends_at": slot.time.ends_at,
        "capacity": slot.capacity,
        "released_at": slot.released_at,
    }
