"""Counters. The lock on a counter's row orders what its officer asks for."""

from typing import Any

import sqlalchemy
from sqlalchemy import Date, DateTime, Select, and_, bindparam, cast, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from services.checkin.domain.counter import Counter, Deed
from services.checkin.store import offices
from services.checkin.store.tables import counter, office, queue_ticket

_COLUMNS = (
    *office.c,
    counter.c.number,
    counter.c.state,
    counter.c.services.label("offered"),
    counter.c.steps,
    counter.c.emergency_since,
    counter.c.deed_ticket,
    counter.c.deed_at,
)
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
_LOCK_BOTH = (
    select(*_COLUMNS)
    .select_from(office.join(counter, counter.c.office == office.c.code))
    .where(
        office.c.code == bindparam("wanted_office"),
        counter.c.number.in_((bindparam("wanted_number"), bindparam("other_number"))),
    )
    .order_by(counter.c.number)
    .with_for_update(of=counter)
)
_NOW = bindparam("at", type_=DateTime(timezone=True))
_LEFT_OPEN = (
    select(*_COLUMNS, counter.c.officer)
    .select_from(office.join(counter, counter.c.office == office.c.code))
    .where(
        counter.c.state != "closed",
        cast(func.timezone(office.c.timezone, counter.c.used_at), Date)
        < cast(func.timezone(office.c.timezone, _NOW), Date),
        ~exists().where(
            queue_ticket.c.office == counter.c.office,
            queue_ticket.c.counter == counter.c.number,
            queue_ticket.c.state == "called",
        ),
    )
    .order_by(counter.c.office, counter.c.number)
    .with_for_update(of=counter, skip_locked=True)
)
_PUT_ANEW = ("state", "services", "steps", "officer", "emergency_since", "used_at")
_INCOMING = insert(counter)
_PUT = (
    _INCOMING.values(version=1)
    .on_conflict_do_update(
        constraint=counter.primary_key,
        set_={
            **{name: _INCOMING.excluded[name] for name in _PUT_ANEW},
            "version": counter.c.version + 1,
        },
    )
    .returning(counter.c.version)
)
_KNOW = (
    insert(counter)
    .values(state="closed", services=[], used_at=bindparam("since"), version=1)
    .on_conflict_do_nothing(constraint=counter.primary_key)
)


_ALARM = (
    update(counter)
    .where(counter.c.office == bindparam("at_office"), counter.c.number == bindparam("at_number"))
    .values(emergency_since=bindparam("since"), version=counter.c.version + 1)
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


def lock_both(tx: Transaction, office_code: str, number: int, other: int) -> dict[int, Counter]:
    """Return those of two counters that were ever opened, by number; they are locked in that order."""
    both = {"wanted_office": office_code, "wanted_number": number, "other_number": other}
    return {row.number: _counter(row, row.number) for row in tx.execute(_LOCK_BOTH, both)}


def know(tx: Transaction, office_code: str, number: int, officer: str) -> None:
    """Have a row for a counter, closed if it was never opened."""
    tx.execute(_KNOW, {"office": office_code, "number": number, "officer": officer, "since": tx.now})


def lock_left_open(tx: Transaction) -> list[tuple[Counter, str]]:
    """Return counters that nobody has used on their office's today, with who used them last.

    Those before which somebody still is are left out, and those that somebody has in hand. They are locked by
    office and number.
    """
    return [(_counter(row, row.number), row.officer) for row in tx.execute(_LEFT_OPEN, {"at": tx.now})]


def put(tx: Transaction, counter: Counter, officer: str) -> int:
    """Keep how a counter stands now, and return its version."""
    now = {
        "office": counter.office.code,
        "number": counter.number,
        "state": counter.state,
        "services": list(counter.services),
        "steps": list(counter.steps),
        "officer": officer,
        "emergency_since": counter.emergency_since,
        "used_at": tx.now,
    }
    return int(tx.execute(_PUT, now).scalar_one())


def put_emergency(tx: Transaction, counter: Counter) -> int:
    """Keep since when help is asked for at a counter, and return its version; whoever sits there stays."""
    now = {
        "at_office": counter.office.code,
        "at_number": counter.number,
        "since": counter.emergency_since,
    }
    return int(tx.execute(_ALARM, now).scalar_one())


def _counter(row: sqlalchemy.Row[Any], number: int) -> Counter:
    deed = Deed(ticket_id=row.deed_ticket, at=row.deed_at) if row.deed_ticket else None
    return Counter(
        office=offices.of_row(row),
        number=number,
        state=row.state or "closed",
        services=tuple(row.offered or ()),
        steps=row.steps or (),
        emergency_since=row.emergency_since,
        deed=deed,
    )
