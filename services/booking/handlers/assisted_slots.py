"""The slots as people see them who are helped: with the places that are kept for them.

Most offices keep none; then these are the places that everybody sees, and nothing more is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from chassis.database import Transaction
from contracts.requests.assistance import ListAssistedDays, ListAssistedSlots
from contracts.requests.booking import Day, Days, ListDays, ListSlots, Slot, Slots
from contracts.words import ServiceCode
from services.booking.domain.offer import Offer
from services.booking.domain.office import Office
from services.booking.domain.payment import HOLD_LASTS
from services.booking.handlers.rollout import selling_office
from services.booking.handlers.slots import list_days, list_slots
from services.booking.store import availability
from services.booking.store.slots import read_offers


def list_assisted_slots(
    tx: Transaction, query: ListAssistedSlots, *, hold_lasts: timedelta = HOLD_LASTS
) -> Slots:
    """Read a day's slots. Raises what `list_slots` does."""
    everybodys = ListSlots(
        office=query.office, for_service=query.for_service, date=query.date, district=query.district
    )
    shown = list_slots(tx, everybodys, hold_lasts=hold_lasts)
    office = selling_office(tx, query.office, query.for_service)
    return replace(shown, slots=_with_kept(tx, office, shown.service, shown.slots))


def list_assisted_days(tx: Transaction, query: ListAssistedDays) -> Days:
    """Read on which days there are slots. Raises what `list_days` does."""
    shown = list_days(tx, ListDays(office=query.office, for_service=query.for_service))
    office = selling_office(tx, query.office, query.for_service)
    if not office.form_of(query.for_service).protected.assisted:
        return shown
    slots = {day.date: availability.list_slots(tx, office, shown.service, day.date) for day in shown.days}
    offers = read_offers(tx, {slot.slot_id for of_day in slots.values() for slot in of_day})
    days = ((date, [_seen(slot, offers) for slot in of_day]) for date, of_day in slots.items())
    return replace(
        shown,
        days=tuple(
            Day(
                date=date,
                places_left=sum(slot.places_left for slot in of_day),
                priority_places_left=sum(slot.priority_places_left for slot in of_day),
            )
            for date, of_day in days
        ),
    )


def _with_kept(
    tx: Transaction, office: Office, service: ServiceCode, slots: Sequence[Slot]
) -> tuple[Slot, ...]:
    if not office.form_of(service).protected.assisted:
        return tuple(slots)
    offers = read_offers(tx, {slot.slot_id for slot in slots})
    return tuple(_seen(slot, offers) for slot in slots)


def _seen(slot: Slot, offers: Mapping[str, Offer]) -> Slot:
    """Count what somebody who is helped can get; the fullest slot of a visit counts."""
    offer = offers.get(slot.slot_id)
    if offer is None or not offers.keys() >= set(offer.slot_ids):
        return slot
    places = [offers[slot_id].places for slot_id in offer.slot_ids]
    return replace(
        slot,
        places_left=min(one.left("assisted") for one in places),
        priority_places_left=min(one.left("assisted", "priority") for one in places),
    )
