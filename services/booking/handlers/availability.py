"""Telling everybody how many places are left, a few times a second and whatever the rush."""

from collections.abc import Collection
from datetime import timedelta

from chassis.database import Transaction
from contracts.events import AvailabilityChanged
from contracts.requests.availability import GetAvailability
from services.booking.domain.day_places import DayPlaces, OfficeDay, changes_at, given_out
from services.booking.domain.payment import HOLD_LASTS, hold_minutes
from services.booking.handlers.rollout import selling_office
from services.booking.store import day_places


def get_availability(
    tx: Transaction, query: GetAvailability, *, hold_lasts: timedelta = HOLD_LASTS
) -> AvailabilityChanged:
    """Read a day's places as they are now. Raises UnknownOffice, OfficeNotOpen, UnknownServiceHere."""
    selling_office(tx, query.office, query.for_service)
    day = OfficeDay(office=query.office, service=query.for_service, date=query.date)
    (places,) = day_places.places_of_days(tx, [day])
    return _told(tx, places, hold_lasts)


def tell_availability(
    tx: Transaction, slot_ids: Collection[str], *, hold_lasts: timedelta = HOLD_LASTS
) -> int:
    """Tell the places of the days to which some slots belong; return how many days those are."""
    days = day_places.days_of(tx, slot_ids)
    for places in day_places.places_of_days(tx, days):
        tx.emit(_told(tx, places, hold_lasts))
    return len(days)


def _told(tx: Transaction, places: DayPlaces, hold_lasts: timedelta) -> AvailabilityChanged:
    return AvailabilityChanged(
        version=places.version,
        office=places.day.office,
        service=places.day.service,
        date=places.day.date,
        slots=given_out(places.slots, tx.now),
        changes_at=changes_at(places.slots, tx.now),
        prepaid_amount=places.prepaid_amount,
        hold_minutes=hold_minutes(places.prepaid_amount, hold_lasts),
    )
