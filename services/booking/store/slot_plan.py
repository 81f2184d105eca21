"""The slots as their calendar makes them: added, withdrawn, restored; never removed."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from services.booking.domain.calendar import SlotTime
from services.booking.domain.slot_plan import KnownSlot
from services.booking.store.tables import slot

_ADJUST = (
    update(slot)
    .where(slot.c.slot_id == bindparam("of_slot"))
    .values(
        capacity=func.greatest(bindparam("places"), slot.c.booked),
        released_at=bindparam("from_now_on"),
        is_withdrawn=False,
    )
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
        )
        for row in rows
    ]


def add_slots(tx: Transaction, slots: Sequence[Mapping[str, Any]]) -> None:
    """Keep new slots; one that the office has at that time for that service stays as it is."""
    if slots:
        tx.execute(insert(slot).on_conflict_do_nothing(), slots)


def withdraw_slots(tx: Transaction, slot_ids: Collection[str]) -> None:
    """Give no more places of locked slots; those that are taken stay taken."""
    if slot_ids:
        tx.execute(update(slot).where(slot.c.slot_id.in_(sorted(slot_ids))).values(is_withdrawn=True))


def adjust_slots(tx: Transaction, slots: Collection[KnownSlot]) -> None:
    """Make locked slots what they are told to be, with no fewer places than are taken by now."""
    rows = [{"of_slot": one.slot_id, "places": one.capacity, "from_now_on": one.released_at} for one in slots]
    if rows:
        tx.execute(_ADJUST, rows)
