"""The calendars of offices, and what is known of public holidays beside the library."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Row, Table, delete, select
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from services.booking.domain.calendar import Calendar, Closure, OneOffHours
from services.booking.domain.holidays import HolidayOverride
from services.booking.domain.hours import Stretch, WeeklyHours, WorkingPeriod
from services.booking.store.calendar_tables import closure, holiday_override, one_off_hours, working_period


def calendar_of(tx: Transaction, code: str) -> Calendar:
    """Read an office's calendar."""
    weeks = tx.execute(_of(working_period, code).order_by("valid_from", "place"))
    one_offs = tx.execute(_of(one_off_hours, code).order_by("date"))
    closures = tx.execute(_of(closure, code).order_by("place"))
    return Calendar(
        weekly=tuple(
            WeeklyHours(valid_from=valid_from, periods=tuple(_period(row) for row in rows))
            for valid_from, rows in groupby(weeks, attrgetter("valid_from"))
        ),
        one_offs=tuple(_one_off(row) for row in one_offs),
        closures=tuple(_closure(row) for row in closures),
    )


def put_calendar(tx: Transaction, code: str, calendar: Calendar) -> None:
    """Replace an office's calendar."""
    rows = {
        working_period: [
            _period_row(weekly.valid_from, place, period)
            for weekly in calendar.weekly
            for place, period in enumerate(weekly.periods)
        ],
        one_off_hours: [_one_off_row(one_off) for one_off in calendar.one_offs],
        closure: [_closure_row(place, one) for place, one in enumerate(calendar.closures)],
    }
    for table, told in rows.items():
        tx.execute(delete(table).where(table.c.office == code))
        if told:
            tx.execute(insert(table), [{"office": code, **row} for row in told])


def holiday_overrides(tx: Transaction) -> tuple[HolidayOverride, ...]:
    """List what is known of public holidays beside the library, by date."""
    rows = tx.execute(select(holiday_override).order_by(holiday_override.c.date))
    return tuple(HolidayOverride(**row._mapping) for row in rows)


def put_holiday_overrides(tx: Transaction, overrides: tuple[HolidayOverride, ...]) -> None:
    """Replace what is known of public holidays beside the library."""
    tx.execute(delete(holiday_override))
    if overrides:
        tx.execute(insert(holiday_override), [asdict(one) for one in overrides])


def _of(table: Table, code: str) -> Any:
    return select(table).where(table.c.office == code)


def _period(row: Row[Any]) -> WorkingPeriod:
    return WorkingPeriod(
        weekday=row.weekday,
        opens_minute=row.opens_minute,
        closes_minute=row.closes_minute,
        every_weeks=row.every_weeks,
        counted_from=row.counted_from,
    )


def _period_row(valid_from: date, place: int, period: WorkingPeriod) -> Mapping[str, Any]:
    return {
        "valid_from": valid_from,
        "place": place,
        "weekday": period.weekday,
        "opens_minute": period.opens_minute,
        "closes_minute": period.closes_minute,
        "every_weeks": period.every_weeks,
        "counted_from": period.counted_from,
    }


def _one_off(row: Row[Any]) -> OneOffHours:
    pairs = zip(row.opens_minutes, row.closes_minutes, strict=True)
    stretches = tuple(Stretch(opens_minute=opens, closes_minute=closes) for opens, closes in pairs)
    return OneOffHours(date=row.date, stretches=stretches, name=row.name)


def _one_off_row(one_off: OneOffHours) -> Mapping[str, Any]:
    return {
        "date": one_off.date,
        "opens_minutes": [stretch.opens_minute for stretch in one_off.stretches],
        "closes_minutes": [stretch.closes_minute for stretch in one_off.stretches],
        "name": one_off.name,
    }


def _closure(row: Row[Any]) -> Closure:
    hours = None
    if row.opens_minute is not None:
        hours = Stretch(opens_minute=row.opens_minute, closes_minute=row.closes_minute)
    return Closure(first_date=row.first_date, last_date=row.last_date, hours=hours, reason=row.reason)


def _closure_row(place: int, one: Closure) -> Mapping[str, Any]:
    return {
        "place": place,
        "first_date": one.first_date,
        "last_date": one.last_date,
        "opens_minute": one.hours and one.hours.opens_minute,
        "closes_minute": one.hours and one.hours.closes_minute,
        "reason": one.reason,
    }
