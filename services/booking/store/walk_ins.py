"""Places that are kept for who walks in: those of the slots, and those that were told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from services.booking.store.tables import slot
from services.booking.store.walk_in_tables import walk_in_day

Places = Mapping[str, int]
"""How many places each service that works keeps for who walks in, by the service's code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptDay:
    """What a date keeps for who walks in, and when the last of its slots ends; nothing where it has none."""

    places: Places = field(default_factory=dict)
    closes_at: datetime | None = None


_INCOMING = insert(walk_in_day)
_TELL = _INCOMING.on_conflict_do_update(
    constraint=walk_in_day.primary_key,
    set_={
        "services": _INCOMING.excluded.services,
        "places": _INCOMING.excluded.places,
        "closes_at": _INCOMING.excluded.closes_at,
        "version": walk_in_day.c.version + 1,
    },
).returning(walk_in_day.c.version)


def kept_by_date(tx: Transaction, office: str, *, first: date) -> dict[date, KeptDay]:
    """Add up what the slots of each date keep, from a date on; a date without slots is left out."""
    rows = tx.execute(
        select(
            slot.c.date,
            slot.c.service,
            func.sum(slot.c.walk_in_places).label("places"),
            func.max(slot.c.ends_at).label("closes_at"),
        )
        .where(slot.c.office == office, slot.c.date >= first, ~slot.c.is_withdrawn)
        .group_by(slot.c.date, slot.c.service)
    )
    found: dict[date, dict[str, int]] = {}
    closes_at: dict[date, datetime] = {}
    for row in rows:
        found.setdefault(row.date, {})[row.service] = row.places
        closes_at[row.date] = max(row.closes_at, closes_at.get(row.date, row.closes_at))
    return {
        day: KeptDay(places=dict(sorted(places.items())), closes_at=closes_at[day])
        for day, places in found.items()
    }


def told_by_date(tx: Transaction, office: str, *, first: date) -> dict[date, KeptDay]:
    """Return what was told last of each date, from a date on."""
    rows = tx.execute(select(walk_in_day).where(walk_in_day.c.office == office, walk_in_day.c.date >= first))
    return {
        row.date: KeptDay(places=dict(zip(row.services, row.places, strict=True)), closes_at=row.closes_at)
        for row in rows
    }


def tell(tx: Transaction, office: str, day: date, kept: KeptDay) -> int:
    """Keep what is told of a date, and return how often something was told of it."""
    told = {
        "office": office,
        "date": day,
        "services": list(kept.places),
        "places": list(kept.places.values()),
        "closes_at": kept.closes_at,
        "version": 1,
    }
    return int(tx.execute(_TELL, told).scalar_one())


def forget_before(tx: Transaction, office: str, first_kept: date) -> None:
    """Drop what was told of an office's dates before this one."""
    tx.execute(delete(walk_in_day).where(walk_in_day.c.office == office, walk_in_day.c.date < first_kept))
