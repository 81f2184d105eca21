"""The slots: which there are, and making them what the office's calendar says."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import uuid_utils

from chassis.database import Transaction
from contracts.requests.booking import Days, ListDays, ListSlots, Slots
from services.booking.domain.calendar import SlotTime, slot_times
from services.booking.domain.office import Office
from services.booking.domain.payment import HOLD_LASTS, hold_minutes
from services.booking.domain.plan_of import no_show_of
from services.booking.domain.release import days_released, next_release
from services.booking.domain.service_form import ServiceForm, following
from services.booking.domain.slot_plan import KnownSlot, Protection, SlotChanges, WantedSlot, slot_changes
from services.booking.handlers.office_days import OfficeDays, office_days
from services.booking.handlers.outages import tell_outages
from services.booking.handlers.rollout import selling_office
from services.booking.handlers.travel import reach_of, way_from
from services.booking.handlers.walk_ins import tell_walk_in_places
from services.booking.store import availability, offices, slot_plan, slots

MADE_BEFORE_RELEASE = timedelta(days=1)
"""How long before they are given out slots are made; the job that makes them runs far more often."""


def list_slots(tx: Transaction, query: ListSlots, *, hold_lasts: timedelta = HOLD_LASTS) -> Slots:
    """Read a day's slots. Raises UnknownOffice, OfficeNotOpen, UnknownServiceHere, UnknownDistrict."""
    office = selling_office(tx, query.office, query.for_service)
    way = way_from(tx, office.code, query.district)
    found = availability.list_slots(tx, office, query.for_service, query.date)
    prepaid = office.form_of(query.for_service).fee.prepaid
    return Slots(
        office=office.code,
        service=query.for_service,
        date=query.date,
        slots=tuple(replace(slot, reach=reach_of(tx, office, way, slot)) for slot in found),
        travel_minutes=None if way is None else way.minutes,
        prepaid_amount=prepaid,
        hold_minutes=hold_minutes(prepaid, hold_lasts),
    )


def list_days(tx: Transaction, query: ListDays) -> Days:
    """Read on which days there are slots. Raises UnknownOffice, OfficeNotOpen, UnknownServiceHere."""
    office = selling_office(tx, query.office, query.for_service)
    found = availability.list_days(tx, office, query.for_service)
    return Days(
        office=office.code,
        service=query.for_service,
        days=found,
        next_release_at=next_release(office.release, now=tx.now, zone=office.zone),
        no_show=no_show_of(office.no_show),
    )


def selling_offices(tx: Transaction) -> list[str]:
    """List the codes of the offices that give out slots."""
    return [office.code for office in offices.list_offices(tx) if office.is_selling]


def open_slots(tx: Transaction, code: str) -> None:
    """Make an office's slots those of its calendar; tell whose booking is affected, and places for the door.

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
    _apply(tx, office, changes, _in_visits(office, known))
    _link_visits(tx, office, known)
    tell_outages(tx, office, changes, days)
    tell_walk_in_places(tx, office)


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
                form = office.form_of(service)
                yield WantedSlot(
                    service=service,
                    time=time,
                    capacity=form.places,
                    released_at=released_at,
                    protection=_protection(office, form, time),
                )


def _protection(office: Office, form: ServiceForm, time: SlotTime) -> Protection:
    ends = form.protected.assisted + form.protected.priority > 0
    until = time.starts_at - timedelta(hours=office.protection_hours)
    return Protection(places=form.protected, until=until if ends else None)


def _in_visits(office: Office, known: Sequence[KnownSlot]) -> list[KnownSlot]:
    """List the slots that are part of visits of several slots, or were: those that may be linked anew."""
    return [slot for slot in known if slot.following != () or office.form_of(slot.service).slots > 1]


def _link_visits(tx: Transaction, office: Office, known: Sequence[KnownSlot]) -> None:
    """Let bookings begin where all slots of their visit follow each other."""
    lengths = {service: office.form_of(service).slots for service in office.services}
    if max(lengths.values(), default=1) == 1 and not _in_visits(office, known):
        return
    present = [slot for slot in slot_plan.slots_ahead(tx, office.code) if not slot.is_withdrawn]
    aims: dict[str, tuple[str, ...] | None] = {}
    for service, length in lengths.items():
        aims |= following([slot for slot in present if slot.service == service], length)
    changed = {
        slot.slot_id for slot in present if slot.slot_id in aims and slot.following != aims[slot.slot_id]
    }
    slot_plan.link_slots(tx, {slot_id: aims[slot_id] for slot_id in sorted(changed)})


def _apply(tx: Transaction, office: Office, changes: SlotChanges, linked: Sequence[KnownSlot]) -> None:
    """Lock all slots that will change, at once and so in one order, and change them."""
    changed = (*changes.withdrawn, *changes.restored, *changes.adjusted, *linked)
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
        "assisted_places": slot.protection.places.assisted,
        "priority_places": slot.protection.places.priority,
        "walk_in_places": slot.protection.places.walk_in,
        "protected_until": slot.protection.until,
    }
