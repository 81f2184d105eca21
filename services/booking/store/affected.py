"""The bookings that stand in slots which the office has withdrawn."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ColumnElement, cast, false, func, literal, or_, select, update

from chassis.database import Transaction
from services.booking.domain.booking import Booking
from services.booking.domain.outage import WithdrawnHours
from services.booking.store.tables import ID, booked_slot, booking, slot

_LONGEST_VISIT = timedelta(days=1)
"""A visit that is not over began this long ago at most, on whatever clock."""

_COLUMNS = tuple(booking.c[field.name] for field in fields(Booking))


def touch_bookings(tx: Transaction, slot_ids: Collection[str]) -> list[Booking]:
    """Count a new version of each booking that stands in locked slots; return them, by time."""
    if not slot_ids:
        return []
    rows = tx.execute(
        update(booking)
        .where(_is_in(literal(sorted(slot_ids), ARRAY(ID))), *_stands(tx))
        .values(version=booking.c.version + 1)
        .returning(*_COLUMNS)
    )
    found = (Booking(**row._mapping) for row in rows)
    return sorted(found, key=lambda one: (one.starts_at, one.booking_id))


def affected_bookings(tx: Transaction, office: str) -> list[Booking]:
    """List an office's bookings whose time it will not work, by time."""
    withdrawn = select(slot.c.slot_id).where(
        slot.c.office == office, slot.c.date >= tx.now.date() - _LONGEST_VISIT, slot.c.is_withdrawn
    )
    rows = tx.execute(
        select(*_COLUMNS)
        .where(_is_in(func.array(withdrawn.scalar_subquery())), *_stands(tx))
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
    first = select(slot.c.is_withdrawn).where(slot.c.slot_id == booking.c.slot_id)
    further = (
        select(func.coalesce(func.bool_or(slot.c.is_withdrawn), false()))
        .join_from(booked_slot, slot, slot.c.slot_id == booked_slot.c.slot_id)
        .where(booked_slot.c.booking_id == booking.c.booking_id)
    )
    return or_(first.correlate(booking).scalar_subquery(), further.correlate(booking).scalar_subquery())


def _is_in(slot_ids: ColumnElement[Sequence[str]]) -> ColumnElement[bool]:
    """Say of a booking that it has one of some slots, its first or a further one.

    Arrays, as the planner takes an index for each side of an `OR` of them; with subqueries it reads all
    bookings.
    """
    further = select(booked_slot.c.booking_id).where(booked_slot.c.slot_id == func.any(slot_ids))
    of_further = func.array(further.scalar_subquery())
    return or_(booking.c.slot_id == func.any(slot_ids), booking.c.booking_id == func.any(of_further))


def _bookings_of_slot(tx: Transaction) -> Any:
    """Count who begins in a slot; a visit of several slots counts once."""
    counted = select(func.count()).where(booking.c.slot_id == slot.c.slot_id, *_stands(tx))
    return counted.correlate(slot).scalar_subquery()


def _stands(tx: Transaction) -> tuple[ColumnElement[bool], ...]:
    return booking.c.status == "booked", booking.c.ends_at > tx.now
