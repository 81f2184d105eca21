"""What people see of the slots: which can still be booked, and how many places they have."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, case, func, select

from chassis.database import Transaction
from contracts.requests.booking import Day, Slot
from contracts.words import ServiceCode
from services.booking.domain.office import Office
from services.booking.store.tables import slot

Now = datetime | ColumnElement[datetime]
"""A transaction's time, or a parameter that stands for it."""

_LATER = slot.alias("later")
_MOST_NEAR = 8
"""How many slots are looked at, and locked, for who is to be moved; somebody may fill some of them first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """Where to look for places: near an instant, not before another, for so many people."""

    starts_at: datetime
    not_before: datetime
    people: int


def list_slots(tx: Transaction, place: Office, service: ServiceCode, day: date) -> tuple[Slot, ...]:
    """List the slots of a day at which a booking can still begin, in order of time."""
    rows = tx.execute(
        select(
            slot.c.slot_id,
            slot.c.starts_at,
            ends_of_visit().label("ends_at"),
            slot.c.capacity,
            places_left(tx.now, for_priority=False).label("places_left"),
            places_left(tx.now, for_priority=True).label("priority_places_left"),
        )
        .where(*_given_out(tx, place, service), slot.c.date == day)
        .order_by(slot.c.starts_at)
    )
    return tuple(Slot(**row._mapping) for row in rows)


def list_days(tx: Transaction, place: Office, service: ServiceCode) -> tuple[Day, ...]:
    """List the days with slots at which a booking can still begin, in order."""
    rows = tx.execute(
        select(
            slot.c.date,
            func.sum(places_left(tx.now, for_priority=False)).label("places_left"),
            func.sum(places_left(tx.now, for_priority=True)).label("priority_places_left"),
        )
        .where(*_given_out(tx, place, service))
        .group_by(slot.c.date)
        .order_by(slot.c.date)
    )
    return tuple(Day(**row._mapping) for row in rows)


def nearest_slots(tx: Transaction, place: Office, service: ServiceCode, near: Near) -> list[str]:
    """Name the slots at which somebody can begin, with enough places for anybody, the nearest first."""
    distance = func.abs(func.extract("epoch", slot.c.starts_at) - near.starts_at.timestamp())
    query = (
        select(slot.c.slot_id)
        .where(*_given_out(tx, place, service), slot.c.starts_at >= near.not_before)
        .where(places_left(tx.now, for_priority=False) >= near.people)
        .order_by(distance, slot.c.starts_at)
        .limit(_MOST_NEAR)
    )
    return list(tx.execute(query).scalars())


def ends_of_visit() -> ColumnElement[datetime]:
    """Say when a booking ends that begins in a slot, for its row."""
    ends: ColumnElement[datetime] = func.greatest(slot.c.ends_at, _over_following(func.max(_LATER.c.ends_at)))
    return ends


def _given_out(tx: Transaction, place: Office, service: ServiceCode) -> tuple[ColumnElement[bool], ...]:
    until = slot.c.ends_at if place.sells_running_slots else slot.c.starts_at
    return (
        slot.c.office == place.code,
        slot.c.service == service,
        until > tx.now,
        slot.c.released_at <= tx.now,
        ~slot.c.is_withdrawn,
        slot.c.following.is_not(None),
    )


def places_left(now: Now, *, for_priority: bool) -> ColumnElement[int]:
    """Count the places of a slot, or of the fullest of those that a booking takes, for its row."""
    # The least of no further slots is null, which counts for nothing.
    following = _over_following(func.min(_left_in(now, _LATER, for_priority=for_priority)))
    return func.least(_left_in(now, slot, for_priority=for_priority), following)


def _left_in(now: Now, one: FromClause, *, for_priority: bool) -> ColumnElement[int]:
    """As `domain.quota.Places.left` counts; a test compares the two."""
    kept: ColumnElement[int] = func.greatest(one.c.assisted_places - one.c.assisted_booked, 0)
    if not for_priority:
        kept = kept + func.greatest(one.c.priority_places - one.c.priority_booked, 0)
    protected = case((one.c.protected_until > now, kept), else_=0)
    return func.greatest(one.c.capacity - one.c.booked - one.c.walk_in_places - protected, 0)


def _over_following(value: Any) -> Any:
    of_run = and_(_LATER.c.slot_id == func.any(slot.c.following))
    return select(value).where(of_run).correlate(slot).scalar_subquery()
