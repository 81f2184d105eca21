"""The slots as their calendar makes them: added, withdrawn, restored; never removed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import ARRAY, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from services.booking.domain.calendar import SlotTime
from services.booking.domain.quota import Protected
from services.booking.domain.slot_plan import KnownSlot, Protection
from services.booking.store.tables import ID, slot
from services.booking.store.touched import touch

_ADJUST = (
    update(slot)
    .where(slot.c.slot_id == bindparam("of_slot"))
    .values(
        capacity=func.greatest(bindparam("places"), slot.c.booked),
        released_at=bindparam("from_now_on"),
        is_withdrawn=False,
        assisted_places=bindparam("assisted"),
        priority_places=bindparam("priority"),
        walk_in_places=bindparam("walk_in"),
        protected_until=bindparam("kept_until"),
    )
)
_LINK = (
    update(slot)
    .where(slot.c.slot_id == bindparam("of_slot"))
    .values(following=bindparam("then", type_=ARRAY(ID)))
)


def slots_ahead(tx: Transaction, office: str) -> list[KnownSlot]:
    """List all of an office's slots that have not ended, the withdrawn ones too."""
    rows = tx.execute(select(slot).where(slot.c.office == office, slot.c.ends_at > tx.now))
    return [
        KnownSlot(
            slot_id=row.slot_id,
            service=row.service,
            time=SlotTime(date=row.date, starts_at=row.starts_at, ends_at=row.ends_at),
            capacity=row.capacity,
            booked=row.booked,
            released_at=row.released_at,
            is_withdrawn=row.is_withdrawn,
            protection=Protection(
                places=Protected(
                    assisted=row.assisted_places, priority=row.priority_places, walk_in=row.walk_in_places
                ),
                until=row.protected_until,
            ),
            following=None if row.following is None else tuple(row.following),
        )
        for row in rows
    ]


def add_slots(tx: Transaction, slots: Sequence[Mapping[str, Any]]) -> None:
    """Keep new slots; one that the office has at that time for that service stays as it is."""
    if slots:
        tx.execute(insert(slot).on_conflict_do_nothing(), slots)
        touch(tx, [one["slot_id"] for one in slots])


def withdraw_slots(tx: Transaction, slot_ids: Collection[str]) -> None:
    """Give no more places of locked slots; those that are taken stay taken."""
    if slot_ids:
        tx.execute(update(slot).where(slot.c.slot_id.in_(sorted(slot_ids))).values(is_withdrawn=True))
        touch(tx, slot_ids)


def adjust_slots(tx: Transaction, slots: Collection[KnownSlot]) -> None:
    """Make locked slots what they are told to be, with no fewer places than are taken by now."""
    rows = [
        {
            "of_slot": one.slot_id,
            "places": one.capacity,
            "from_now_on": one.released_at,
            **asdict(one.protection.places),
            "kept_until": one.protection.until,
        }
        for one in slots
    ]
    if rows:
        tx.execute(_ADJUST, rows)
        touch(tx, [one.slot_id for one in slots])


def link_slots(tx: Transaction, following: Mapping[str, tuple[str, ...] | None]) -> None:
    """Keep for locked slots of which further ones a booking that begins there takes a place."""
    rows = [
        {"of_slot": slot_id, "then": None if after is None else list(after)}
        for slot_id, after in following.items()
    ]
    if rows:
        tx.execute(_LINK, rows)
        touch(tx, following)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlaces:
    """The places of a day's slots that are given out, and how many are taken."""

    capacity: int
    booked: int


def places_by_date(tx: Transaction, office: str, *, first: date, last: date) -> dict[date, DayPlaces]:
    """Count the places of an office's days that have slots."""
    rows = tx.execute(
        select(
            slot.c.date, func.sum(slot.c.capacity).label("capacity"), func.sum(slot.c.booked).label("booked")
        )
        .where(slot.c.office == office, slot.c.date.between(first, last), ~slot.c.is_withdrawn)
        .group_by(slot.c.date)
    )
    return {row.date: DayPlaces(capacity=row.capacity, booked=row.booked) for row in rows}
