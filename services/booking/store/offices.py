"""The offices and their weekly hours."""

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import Row, delete, select
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from services.booking.domain.hours import WorkingPeriod
from services.booking.domain.office import Office
from services.booking.store.tables import office, working_period


def find_office(tx: Transaction, code: str) -> Office | None:
    """Find an office by its code."""
    row = tx.execute(select(office).where(office.c.code == code)).one_or_none()
    return None if row is None else _office(row)


def list_offices(tx: Transaction) -> list[Office]:
    """List all offices, by code."""
    return [_office(row) for row in tx.execute(select(office).order_by(office.c.code))]


def put_office(tx: Transaction, changed: Office) -> None:
    """Keep a new office, or an office's newer version."""
    values = asdict(changed)
    statement = insert(office).values(values)
    tx.execute(
        statement.on_conflict_do_update(
            index_elements=["code"], set_=values, where=office.c.version < statement.excluded.version
        )
    )


def working_hours(tx: Transaction, code: str) -> list[WorkingPeriod]:
    """Read an office's weekly hours."""
    hours = working_period
    rows = tx.execute(
        select(hours.c.weekday, hours.c.opens_minute, hours.c.closes_minute).where(hours.c.office == code)
    )
    return [WorkingPeriod(**row._mapping) for row in rows]


def put_working_hours(tx: Transaction, code: str, hours: Iterable[WorkingPeriod]) -> None:
    """Replace an office's weekly hours."""
    tx.execute(delete(working_period).where(working_period.c.office == code))
    tx.execute(
        insert(working_period),
        [
            {
                "office": code,
                "weekday": period.weekday,
                "opens_minute": period.opens_minute,
                "closes_minute": period.closes_minute,
            }
            for period in hours
        ],
    )


def _office(row: Row[tuple[object, ...]]) -> Office:
    values = dict(row._mapping)
    return Office(**{**values, "services": tuple(values["services"])})
