"""Offices, as booking tells them."""

from collections.abc import Collection
from functools import lru_cache

import orjson
import sqlalchemy
from sqlalchemy import ARRAY, Text, any_, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from contracts.events import OfficeChanged
from contracts.hall import HallRules
from contracts.place import Place
from contracts.schema import dump, load
from services.checkin.domain.office import Office
from services.checkin.store.tables import office

_TOLD = ("name", "timezone", "services", "counters", "hall", "latitude", "longitude", "version")
_INCOMING = insert(office)
_REMEMBER = _INCOMING.on_conflict_do_update(
    index_elements=[office.c.code],
    set_={name: _INCOMING.excluded[name] for name in _TOLD},
    where=office.c.version < _INCOMING.excluded.version,
)
_READ = select(office).where(office.c.code == any_(bindparam("codes", type_=ARRAY(Text))))


def remember(tx: Transaction, event: OfficeChanged) -> None:
    """Keep the office where the event is newer than what is known."""
    tx.execute(
        _REMEMBER,
        {
            "code": event.office,
            "name": event.name,
            "timezone": event.timezone,
            "services": list(event.services),
            "counters": event.counters,
            "hall": dump(event.hall),
            "latitude": event.latitude,
            "longitude": event.longitude,
            "version": event.version,
        },
    )


def read(tx: Transaction, codes: Collection[str]) -> dict[str, Office]:
    """Return those of these offices that are known, by code."""
    return {row.code: of_row(row) for row in tx.execute(_READ, {"codes": list(codes)})}


def of_row(row: sqlalchemy.Row[tuple[object, ...]]) -> Office:
    """Read an office from a row that holds all its columns."""
    return Office(
        code=row.code,
        name=row.name,
        timezone=row.timezone,
        services=tuple(row.services),
        counters=row.counters,
        hall=_hall(orjson.dumps(row.hall)),
        place=None if row.latitude is None else Place(latitude=row.latitude, longitude=row.longitude),
    )


@lru_cache(maxsize=256)
def _hall(written: bytes) -> HallRules:
    """Read an office's rules; hardly any are its own, and they are read with every call."""
    return load(HallRules, orjson.loads(written))
