"""Counters. The lock on a counter's row orders what its officer asks for."""

from typing import Any

import sqlalchemy
from sqlalchemy import Select, and_, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from contracts.words import ServiceCode
from services.checkin.domain.counter import Counter
from services.checkin.store import offices
from services.checkin.store.tables import counter, office

_COLUMNS = (*office.c, counter.c.number, counter.c.state, counter.c.services.label("offered"))
_SAME = and_(counter.c.office == office.c.code, counter.c.number == bindparam("wanted_number"))

_READ: Select[Any] = (
    select(*_COLUMNS)
    .select_from(office.outerjoin(counter, _SAME))
    .where(office.c.code == bindparam("wanted_office"))
)
_LOCK = (
    select(*_COLUMNS)
    .select_from(office.join(counter, _SAME))
    .where(office.c.code == bindparam("wanted_office"))
    .with_for_update(of=counter)
)
_INCOMING = insert(counter).values(state="open", version=1)
_OPEN = _INCOMING.on_conflict_do_update(
    constraint=counter.primary_key,
    set_={
        "state": "open",
        "services": _INCOMING.excluded.services,
        "officer": _INCOMING.excluded.officer,
        "version": counter.c.version + 1,
    },
).returning(counter.c.version)
_CLOSE = (
    update(counter)
    .where(counter.c.office == bindparam("at_office"), counter.c.number == bindparam("at_number"))
    .values(state="closed", services=[], officer=bindparam("by_officer"), version=counter.c.version + 1)
    .returning(counter.c.version)
)


def read(tx: Transaction, office_code: str, number: int) -> Counter | None:
    """Return a counter, closed if it was never opened; None when its office is not known."""
    row = tx.execute(_READ, {"wanted_office": office_code, "wanted_number": number}).one_or_none()
    return None if row is None else _counter(row, number)


def lock(tx: Transaction, office_code: str, number: int) -> Counter | None:
    """Return a counter that others then wait for; None when it was never opened."""
    row = tx.execute(_LOCK, {"wanted_office": office_code, "wanted_number": number}).one_or_none()
    return None if row is None else _counter(row, number)


def open_counter(tx: Transaction, counter: Counter, services: tuple[ServiceCode, ...], officer: str) -> int:
    """Open a counter, or change what an open one offers; return its version."""
    opened = {
        "office": counter.office.code,
        "number": counter.number,
        "services": list(services),
        "officer": officer,
    }
    return int(tx.execute(_OPEN, opened).scalar_one())


def close_counter(tx: Transaction, counter: Counter, officer: str) -> int:
    """Close a counter and return its version."""
    closed = {"at_office": counter.office.code, "at_number": counter.number, "by_officer": officer}
    return int(tx.execute(_CLOSE, closed).scalar_one())


def _counter(row: sqlalchemy.Row[Any], number: int) -> Counter:
    return Counter(
        office=offices.of_row(row),
        number=number,
        state=row.state or "closed",
        services=tuple(row.offered or ()),
    )
