"""Who did not come at an office, and until when they wait before they may book there again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    cast,
    exists,
    func,
    null,
    or_,
    select,
    update,
)

from chassis.database import Transaction
from services.booking.domain.booking import Booking
from services.booking.store.bookings import COLUMNS, booking_of
from services.booking.store.calendar_tables import closure
from services.booking.store.tables import ID, account, booking, dependent, office, slot
from services.booking.store.visit_tables import check_in_heard, visit

_WHATEVER_CLOCK = timedelta(days=-1), timedelta(days=1)
"""By how much the days of offices may differ from those of UTC."""

_COUNTS = office.c.no_show.is_not(None)
_WAITS = (
    select(account.c.person_id, cast(null(), ID).label("dependent"), account.c.display_name, account.c.waits),
    select(
        dependent.c.person_id,
        dependent.c.person_id.label("dependent"),
        dependent.c.display_name,
        dependent.c.waits,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A booking to which somebody did not come, or was once said not to have."""

    booking: Booking
    is_excused: bool

    @property
    def counts(self) -> bool:
        """Whether it is held against its person."""
        return self.booking.status == "no_show" and not self.is_excused


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Somebody's waits, by office, as they were written down; `dependent` repeats the id of who is one."""

    person_id: str
    dependent: str | None
    display_name: str
    waits: Mapping[str, str]


def is_excused() -> ColumnElement[bool]:
    """Say of a booking that the office did not work on its day as announced.

    Some hours of the day were withdrawn, or the office was closed at the booking's own, told before or after.
    """
    withdrawn = exists().where(
        slot.c.office == booking.c.office, slot.c.date == booking.c.date, slot.c.is_withdrawn
    )
    at_its_time = and_(
        closure.c.opens_minute < _minute_of_day(booking.c.ends_at),
        closure.c.closes_minute > _minute_of_day(booking.c.starts_at),
    )
    closed = exists().where(
        closure.c.office == booking.c.office,
        booking.c.date.between(closure.c.first_date, closure.c.last_date),
        or_(closure.c.opens_minute.is_(None), at_its_time),
    )
    return or_(withdrawn, closed)


def list_missed(
    tx: Transaction, code: str, people: Collection[str], *, since: date, also: Collection[str] = ()
) -> list[Missed]:
    """List by time what people missed at an office since a day, and some bookings whatever became of them."""
    missed = and_(booking.c.status == "no_show", booking.c.date >= since)
    query = select(*COLUMNS, is_excused().label("is_excused")).where(
        booking.c.office == code,
        booking.c.person_id.in_(sorted(people)),
        or_(missed, booking.c.booking_id.in_(sorted(also))),
    )
    rows = tx.execute(query.order_by(booking.c.starts_at))
    return [Missed(booking=booking_of(row), is_excused=row.is_excused) for row in rows]


def who_missed(tx: Transaction, code: str, *, since: date) -> set[str]:
    """Name who missed anything at an office since a day."""
    query = select(booking.c.person_id).where(
        booking.c.office == code, booking.c.status == "no_show", booking.c.date >= since
    )
    return set(tx.execute(query).scalars())


def counted(tx: Transaction, booking_ids: Collection[str]) -> list[Booking]:
    """Read those of some bookings whose offices count who does not come."""
    if not booking_ids:
        return []
    at_such = exists().where(office.c.code == booking.c.office, _COUNTS)
    rows = tx.execute(select(*COLUMNS).where(booking.c.booking_id.in_(sorted(booking_ids)), at_such))
    return [booking_of(row) for row in rows]


def counting_offices(tx: Transaction) -> list[str]:
    """List the offices that count who does not come."""
    return list(tx.execute(select(office.c.code).where(_COUNTS).order_by(office.c.code)).scalars())


def mark_absent(
    tx: Transaction, code: str, *, since: date, ended: tuple[datetime, datetime]
) -> list[Booking]:
    """Keep of an office's bookings that ended between two moments that nobody came; return them.

    Only where check-in has told somebody's ticket of that day, and anything of this office that happened
    after the booking's end: what an office without a link knows comes later.
    """
    heard_until = select(check_in_heard.c.until).where(check_in_heard.c.office == code).scalar_subquery()
    has_come = exists().where(visit.c.booking_id == booking.c.booking_id)
    first, last = (moment.date() + days for moment, days in zip(ended, _WHATEVER_CLOCK, strict=True))
    rows = tx.execute(
        update(booking)
        .where(booking.c.slot_id == func.any(_slots_of(code, first, last)), booking.c.status == "booked")
        .where(booking.c.date >= since, booking.c.date.in_(_told_days(code, first, last)))
        .where(booking.c.ends_at.between(*ended), booking.c.ends_at < heard_until, ~has_come, ~is_excused())
        .values(status="no_show", is_ahead=False)
        .returning(*COLUMNS)
    )
    return [booking_of(row) for row in rows]


def lock_waits(tx: Transaction, people: Collection[str]) -> dict[str, Waiting]:
    """Read some people's waits, which nobody else changes meanwhile."""
    return {
        waiting.person_id: waiting
        for query, table in zip(_WAITS, (account, dependent), strict=True)
        for waiting in _read(
            tx,
            query.where(table.c.person_id.in_(sorted(people)))
            .order_by(table.c.person_id)
            .with_for_update(key_share=True),
        )
    }


def waits_of_family(tx: Transaction, asker_id: str) -> list[Waiting]:
    """List the waits of a person and of those for whom they book."""
    of_account, of_dependents = _WAITS
    own = of_account.where(account.c.person_id == asker_id, account.c.waits.is_not(None))
    family = of_dependents.where(dependent.c.guardian_id == asker_id, ~dependent.c.is_removed)
    return _read(tx, own.union_all(family.where(dependent.c.waits.is_not(None))))


def who_waits(tx: Transaction, code: str) -> set[str]:
    """Name who waits at an office, or has."""
    tables = (account, dependent)
    queries = (select(table.c.person_id).where(table.c.waits.has_key(code)) for table in tables)
    return {person_id for query in queries for person_id in tx.execute(query).scalars()}


def put_waits(tx: Transaction, person_id: str, waits: Mapping[str, str]) -> None:
    """Keep the waits of somebody whose waits are locked."""
    for table in (account, dependent):
        statement = update(table).where(table.c.person_id == person_id)
        tx.execute(statement.values(waits=dict(waits) or None))


def _slots_of(code: str, first: date, last: date) -> ColumnElement[Sequence[str]]:
    """List an office's slots of some days: the index by slot alone leads from there to bookings.

    As an array, for which the planner takes it whatever it believes of how many bookings there are.
    """
    theirs = slot.alias("theirs")
    ids = select(theirs.c.slot_id).where(theirs.c.office == code, theirs.c.date.between(first, last))
    return func.array(ids.scalar_subquery())


def _told_days(code: str, first: date, last: date) -> Select[tuple[date]]:
    """Name the days of an office of which somebody's ticket was told."""
    other, told = booking.alias("other"), visit.alias("told")
    of_them = select(other.c.date).join(told, told.c.booking_id == other.c.booking_id)
    return of_them.where(other.c.slot_id == func.any(_slots_of(code, first, last))).distinct()


def _read(tx: Transaction, query: Any) -> list[Waiting]:
    return [Waiting(**{**row._mapping, "waits": row.waits or {}}) for row in tx.execute(query)]


def _minute_of_day(instant: Any) -> ColumnElement[int]:
    """Count the minutes of a booking's moment on its office's clock."""
    zone = select(office.c.timezone).where(office.c.code == booking.c.office).correlate(booking)
    local = func.timezone(zone.scalar_subquery(), instant)
    return cast(func.extract("hour", local) * 60 + func.extract("minute", local), Integer)
