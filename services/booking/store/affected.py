"""The bookings that stand in slots which the office has withdrawn."""

from collections.abc import Collection
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, cast, exists, func, or_, select, update

from chassis.database import Transaction
from services.booking.domain.booking import Booking
from services.booking.domain.outage import WithdrawnHours
from services.booking.store.tables import booked_slot, booking, slot

_COLUMNS = tuple(booking.c[field.name] for field in fields(Booking))


def touch_bookings(tx: Transaction, slot_ids: Collection[str]) -> list[Booking]:
    """Count a new version of each booking that stands in locked slots; return them, by time."""
    if not slot_ids:
        return []
    further = select(booked_slot.c.booking_id).where(booked_slot.c.slot_id.in_(sorted(slot_ids)))
    rows = tx.execute(
        update(booking)
        .where(or_(booking.c.slot_id.in_(sorted(slot_ids)), booking.c.booking_id.in_(further)), *_stands(tx))
        .values(version=booking.c.version + 1)
        .returning(*_COLUMNS)
    )
    found = (Booking(**row._mapping) for row in rows)
    return sorted(found, key=lambda one: (one.starts_at, one.booking_id))


def affected_bookings(tx: Transaction, office: str) -> list[Booking]:
    """List an office's bookings whose time it will not work, by time."""
    rows = tx.execute(
        select(*_COLUMNS)
        .where(booking.c.office == office, has_withdrawn_slot(), *_stands(tx))
        .order_by(booking.c.starts_at, booking.c.booking_id)
    )
    return [Booking(**row._mapping) for row in rows]


def own_affected_bookings(tx: Transaction, person_id: str) -> list[Booking]:
    """List the bookings of a person and their dependents at whose time the office does not work, by time.

    Those whose time is over too, until their people book anew; what they paid for stays until they decide.
    """
    is_open = or_(booking.c.ends_at > tx.now, booking.c.is_ahead, booking.c.payment_id.is_not(None))
    rows = tx.execute(
        select(*_COLUMNS)
        .where(or_(booking.c.person_id == person_id, booking.c.guardian_id == person_id))
        .where(has_withdrawn_slot(), booking.c.status == "booked", is_open)
        .order_by(booking.c.starts_at, booking.c.booking_id)
    )
    return [Booking(**row._mapping) for row in rows]


def affected_of(tx: Transaction, booking_ids: Collection[str]) -> set[str]:
    """Name those of some bookings at whose time the office will not work."""
    if not booking_ids:
        return set()
    query = select(booking.c.booking_id).where(
        booking.c.booking_id.in_(sorted(booking_ids)), has_withdrawn_slot()
    )
    return set(tx.execute(query).scalars())


def withdrawn_hours(tx: Transaction, office: str) -> dict[date, WithdrawnHours]:
    """Read for each date which hours that people could see are withdrawn, with their bookings."""
    rows = tx.execute(
        select(
            slot.c.date,
            func.min(slot.c.starts_at).label("begins_at"),
            func.max(slot.c.ends_at).label("ends_at"),
            cast(func.sum(_bookings_of_slot(tx)), BigInteger).label("affected"),
        )
        .where(slot.c.office == office, slot.c.is_withdrawn, slot.c.ends_at > tx.now)
        .where(slot.c.released_at <= tx.now)
        .group_by(slot.c.date)
    )
    return {row.date: WithdrawnHours(**row._mapping) for row in rows}


def has_withdrawn_slot() -> ColumnElement[bool]:
    """Say of a booking that the office will not work at one of its slots."""
    further = select(booked_slot.c.slot_id).where(booked_slot.c.booking_id == booking.c.booking_id)
    return exists().where(
        slot.c.is_withdrawn, or_(slot.c.slot_id == booking.c.slot_id, slot.c.slot_id.in_(further))
    )


def _bookings_of_slot(tx: Transaction) -> Any:
    """Count who begins in a slot; a visit of several slots counts once."""
    counted = select(func.count()).where(booking.c.slot_id == slot.c.slot_id, *_stands(tx))
    return counted.correlate(slot).scalar_subquery()


def _stands(tx: Transaction) -> tuple[ColumnElement[bool], ...]:
    return booking.c.status == "booked", booking.c.ends_at > tx.now
