"""The ways to offices."""

from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from services.booking.domain.hours import Stretch
from services.booking.domain.travel import Travel
from services.booking.store.tables import office
from services.booking.store.travel_tables import travel_time


def travel_to(tx: Transaction, code: str) -> tuple[Travel, ...]:
    """List the ways to an office, in the order told."""
    query = select(travel_time).where(travel_time.c.office == code).order_by(travel_time.c.place)
    return tuple(_travel(row) for row in tx.execute(query))


def travel_from(tx: Transaction, code: str, district: str) -> Travel | None:
    """Find the way from a district."""
    query = select(travel_time).where(travel_time.c.office == code, travel_time.c.district == district)
    row = tx.execute(query).one_or_none()
    return None if row is None else _travel(row)


def put_travel(tx: Transaction, code: str, ways: tuple[Travel, ...]) -> None:
    """Replace the ways to an office."""
    tx.execute(delete(travel_time).where(travel_time.c.office == code))
    rows = [
        {
            "office": code,
            "district": way.district,
            "place": place,
            "minutes": way.minutes,
            "opens_minutes": [hours.opens_minute for hours in way.unreachable],
            "closes_minutes": [hours.closes_minute for hours in way.unreachable],
        }
        for place, way in enumerate(ways)
    ]
    if rows:
        tx.execute(insert(travel_time), rows)
    far = [way.district for way in ways if way.is_far]
    tx.execute(update(office).where(office.c.code == code).values(far_districts=far))


def _travel(row: Row[Any]) -> Travel:
    pairs = zip(row.opens_minutes, row.closes_minutes, strict=True)
    unreachable = tuple(Stretch(opens_minute=opens, closes_minute=closes) for opens, closes in pairs)
    return Travel(district=row.district, minutes=row.minutes, unreachable=unreachable)
