"""The places of whole days, each with a version that orders what the database had seen."""

from collections.abc import Collection
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Date, Row, Text, and_, bindparam, cast, func, select

from chassis.database import Transaction
from contracts.events.availability import SlotPlaces
from services.booking.domain.day_places import DayPlaces, DaySlot, OfficeDay
from services.booking.domain.office import sell_until
from services.booking.store.availability import ends_of_visit, places_left
from services.booking.store.tables import ID, INSTANT, office, slot

_KEY = ("office", "service", "date")
_DAYS = (
    func.unnest(
        bindparam("offices", type_=ARRAY(Text)),
        bindparam("services", type_=ARRAY(Text)),
        bindparam("dates", type_=ARRAY(Date)),
    )
    .table_valued(*_KEY)
    .render_derived(name="day")
)
_NOW = bindparam("now", type_=INSTANT)
_SNAPSHOT = func.pg_current_snapshot()
_VERSION = (
    select(cast(cast(func.pg_snapshot_xmax(_SNAPSHOT), Text), BigInteger) - func.count())
    .select_from(func.pg_snapshot_xip(_SNAPSHOT).table_valued("xid"))
    .scalar_subquery()
)
"""How many transactions had ended when the statement began to read. A later snapshot has seen all of an
earlier one and, unless it is the same, more; so this orders snapshots, of whichever process, without a clock,
a lock or a counter that a booking would have to write. Subtransactions are in no snapshot's list; they move
the number, never its order."""

_DAYS_OF_SLOTS = (
    select(slot.c.office, slot.c.service, slot.c.date)
    .where(slot.c.slot_id == func.any(bindparam("slot_ids", type_=ARRAY(ID))))
    .distinct()
)


_PLACES_OF_DAYS = (
    select(
        *(_DAYS.c[name] for name in _KEY),
        _VERSION.label("version"),
        office.c.sells_running_slots,
        cast(office.c.prepaid.op("->>")(_DAYS.c.service), BigInteger).label("prepaid"),
        slot.c.slot_id,
        slot.c.starts_at,
        slot.c.ends_at,
        ends_of_visit().label("visit_ends_at"),
        slot.c.capacity,
        places_left(_NOW, for_priority=False).label("places_left"),
        places_left(_NOW, for_priority=True).label("priority_places_left"),
        slot.c.released_at,
        slot.c.protected_until,
        slot.c.following.is_not(None).label("begins_visit"),
    )
    .select_from(_DAYS)
    .join(office, office.c.code == _DAYS.c.office)
    .outerjoin(slot, and_(*(slot.c[name] == _DAYS.c[name] for name in _KEY), ~slot.c.is_withdrawn))
    .order_by(*(_DAYS.c[name] for name in _KEY), slot.c.starts_at)
)
"""Built once: building it anew would take as long as the database takes to answer it."""


def days_of(tx: Transaction, slot_ids: Collection[str]) -> list[OfficeDay]:
    """Name the days to which some slots belong."""
    rows = tx.execute(_DAYS_OF_SLOTS, {"slot_ids": list(slot_ids)})
    return [OfficeDay(**row._mapping) for row in rows]


def places_of_days(tx: Transaction, days: Collection[OfficeDay]) -> list[DayPlaces]:
    """Read all slots of some days in one statement, and so all of the same instant."""
    arrays: dict[str, list[str | date]] = {
        "offices": [day.office for day in days],
        "services": [day.service for day in days],
        "dates": [day.date for day in days],
    }
    rows = tx.execute(_PLACES_OF_DAYS, {**arrays, "now": tx.now})
    return [_of_rows(list(of_day)) for _, of_day in groupby(rows, lambda row: tuple(row[: len(_KEY)]))]


def _of_rows(rows: list[Row[Any]]) -> DayPlaces:
    """A day without slots has one row, without a slot."""
    first = rows[0]
    return DayPlaces(
        day=OfficeDay(office=first.office, service=first.service, date=first.date),
        version=first.version,
        slots=tuple(_slot(row) for row in rows if row.slot_id is not None),
        prepaid_amount=first.prepaid,
    )


def _slot(row: Row[Any]) -> DaySlot:
    return DaySlot(
        places=SlotPlaces(
            slot_id=row.slot_id,
            starts_at=row.starts_at,
            ends_at=row.visit_ends_at,
            capacity=row.capacity,
            places_left=row.places_left,
            priority_places_left=row.priority_places_left,
        ),
        released_at=row.released_at,
        sell_until=sell_until(row.starts_at, row.ends_at, sells_running_slots=row.sells_running_slots),
        protected_until=row.protected_until,
        begins_visit=row.begins_visit,
    )
