"""Places that are kept for who walks in: those of the slots, and those that were told."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from services.booking.store.tables import slot
from services.booking.store.walk_in_tables import walk_in_day

Places = Mapping[str, int]
"""How many places each service that works keeps for who walks in, by the service's code."""

_INCOMING = insert(walk_in_day)
_TELL = _INCOMING.on_conflict_do_update(
    constraint=walk_in_day.primary_key,
    set_={
        "services": _INCOMING.excluded.services,
        "places": _INCOMING.excluded.places,
        "version": walk_in_day.c.version + 1,
    },
).returning(walk_in_day.c.version)


def kept_by_date(tx: Transaction, office: str, *, first: date) -> dict[date, Places]:
    """Add up what the slots of each date keep, from a date on; a date without slots is left out."""
    rows = tx.execute(
        select(slot.c.date, slot.c.service, func.sum(slot.c.walk_in_places).label("places"))
        .where(slot.c.office == office, slot.c.date >= first, ~slot.c.is_withdrawn)
        .group_by(slot.c.date, slot.c.service)
    )
    found: dict[date, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row.date, {})[row.service] = row.places
    return {day: dict(sorted(places.items())) for day, places in found.items()}


def told_by_date(tx: Transaction, office: str, *, first: date) -> dict[date, Places]:
    """Return what was told last of each date, from a date on."""
    rows = tx.execute(select(walk_in_day).where(walk_in_day.c.office == office, walk_in_day.c.date >= first))
    return {row.date: dict(zip(row.services, row.places, strict=True)) for row in rows}


def tell(tx: Transaction, office: str, day: date, places: Places) -> int:
    """Keep what is told of a date, and return how often something was told of it."""
    told = {
        "office": office,
        "date": day,
        "services": list(places),
        "places": list(places.values()),
        "version": 1,
    }
    return int(tx.execute(_TELL, told).scalar_one())


def forget_before(tx: Transaction, office: str, first_kept: date) -> None:
    """Drop what was told of an office's dates before this one."""
    tx.execute(delete(walk_in_day).where(walk_in_day.c.office == office, walk_in_day.c.date < first_kept))
