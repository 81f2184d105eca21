"""Public holidays: what the library knows, corrected by what was decreed since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.booking.domain.calendar import Holidays


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayOverride:
    """One date on which the library is not right: a holiday more, or one that was moved away.

    `decree` says who says so.
    """

    date: date
    name: str
    is_holiday: bool
    decree: str


def corrected(known: Holidays, overrides: Iterable[HolidayOverride]) -> Holidays:
    """Return the holidays as they are; of a date told twice the last word counts."""
    holidays = dict(known)
    for override in overrides:
        if override.is_holiday:
            holidays[override.date] = override.name
        else:
            holidays.pop(override.date, None)
    return holidays
