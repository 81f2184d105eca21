"""Hours as people write them, `08.00-12.00 13.00-16.00`, and the days and closures that tests share."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from services.booking.domain.calendar import Calendar, Closure
from services.booking.domain.hours import OFFICE_HOURS, Stretch, WorkingPeriod

MONDAY, FRIDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 28)
CHRISTMAS = date(2026, 12, 25)
HOLIDAYS = {CHRISTMAS: "Hari Raya Natal"}
OFFICE = Calendar.of_week(OFFICE_HOURS)


def stretch(text: str) -> Stretch:
    """Read `08.00-12.00`."""
    opens, closes = (_minute(half) for half in text.split("-"))
    return Stretch(opens_minute=opens, closes_minute=closes)


def stretches(text: str) -> tuple[Stretch, ...]:
    """Read some, with spaces between."""
    return tuple(stretch(part) for part in text.split())


def period(weekday: int, text: str, *, every: int = 1, since: date | None = None) -> WorkingPeriod:
    """A stretch of a week."""
    one = stretch(text)
    return WorkingPeriod(
        weekday=weekday,
        opens_minute=one.opens_minute,
        closes_minute=one.closes_minute,
        every_weeks=every,
        counted_from=since,
    )


def closed(
    first: date, last: date | None = None, hours: str | None = None, reason: str = "Listrik"
) -> Closure:
    """Shut for a day, for days, or for hours of them."""
    return Closure(
        first_date=first,
        last_date=last or first,
        hours=stretch(hours) if hours else None,
        reason=reason,
    )


def with_closures(*closures: Closure) -> Calendar:
    """The usual office hours, with closures."""
    return replace(OFFICE, closures=closures)


def written(hours: Iterable[Stretch]) -> str:
    """Write hours as people do."""
    return " ".join(f"{_clock(one.opens_minute)}-{_clock(one.closes_minute)}" for one in hours)


def _minute(text: str) -> int:
    hour, minute = text.split(".")
    return int(hour) * 60 + int(minute)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}.{minute % 60:02}"
