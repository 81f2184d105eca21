"""The arrival slots as people see and book them, and how many places of each are taken."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Integer, Row, bindparam, func, select, update

from chassis.database import Transaction
from contracts.requests.booking import Day, Slot
from contracts.words import ServiceCode
from services.booking.domain.office import Office, sell_until
from services.booking.domain.sale import Offer
from services.booking.store.tables import ID, office, slot

_READ_OFFERS = (
    select(slot, office.c.status.label("office_status"), office.c.sells_running_slots)
    .join(office, office.c.code == slot.c.office)
    .where(slot.c.slot_id == func.any(bindparam("slot_ids", type_=ARRAY(ID))))
    .order_by(slot.c.slot_id)
)
_LOCK_OFFERS = _READ_OFFERS.with_for_update(of=slot)

_CHANGES = (
    func.unnest(bindparam("slot_ids", type_=ARRAY(ID)), bindparam("places", type_=ARRAY(Integer)))
    .table_valued("slot_id", "places")
    .render_derived()
)
_TAKE_PLACES = (
    update(slot).where(slot.c.slot_id == _CHANGES.c.slot_id).values(booked=slot.c.booked + _CHANGES.c.places)
)


def lock_offers(tx: Transaction, slot_ids: Collection[str]) -> dict[str, Offer]:
    """Read slots, and keep everyone else from changing them until the transaction ends.

    All callers lock in the order of ids, so no two of them wait for each other. A slot that is not yet
    released, or withdrawn, is locked too, but is no offer.
    """
    rows = tx.execute(_LOCK_OFFERS, {"slot_ids": sorted(slot_ids)})
    return {row.slot_id: _offer(row) for row in rows if row.released_at <= tx.now and not row.is_withdrawn}


def take_places(tx: Transaction, places: Mapping[str, int]) -> None:
    """Count places of locked slots as taken; a negative number gives them back."""
    tx.execute(_TAKE_PLACES, {"slot_ids": list(places), "places": list(places.values())})


def list_slots(tx: Transaction, place: Office, service: ServiceCode, day: date) -> tuple[Slot, ...]:
    """List the slots of a day that are still given out, in order of time."""
    rows = tx.execute(
        select(
            slot.c.slot_id,
            slot.c.starts_at,
            slot.c.ends_at,
            slot.c.capacity,
            (slot.c.capacity - slot.c.booked).label("places_left"),
        )
        .where(*_given_out(tx, place, service), slot.c.date == day)
        .order_by(slot.c.starts_at)
    )
    return tuple(Slot(**row._mapping) for row in rows)


def list_days(tx: Transaction, place: Office, service: ServiceCode) -> tuple[Day, ...]:
    """List the days with slots that are still given out, in order."""
    rows = tx.execute(
        select(slot.c.date, func.sum(slot.c.capacity - slot.c.booked).label("places_left"))
        .where(*_given_out(tx, place, service))
        .group_by(slot.c.date)
        .order_by(slot.c.date)
    )
    return tuple(Day(**row._mapping) for row in rows)


def _given_out(tx: Transaction, place: Office, service: ServiceCode) -> tuple[ColumnElement[bool], ...]:
    until = slot.c.ends_at if place.sells_running_slots else slot.c.starts_at
    return (
        slot.c.office == place.code,
        slot.c.service == service,
        until > tx.now,
        slot.c.released_at <= tx.now,
        ~slot.c.is_withdrawn,
    )


def _offer(row: Row[Any]) -> Offer:
    return Offer(
        slot_id=row.slot_id,
        office=row.office,
        office_status=row.office_status,
        service=row.service,
        date=row.date,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        sell_until=sell_until(row.starts_at, row.ends_at, sells_running_slots=row.sells_running_slots),
        places_left=row.capacity - row.booked,
    )
