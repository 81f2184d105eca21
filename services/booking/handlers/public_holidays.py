"""The days on which government offices are closed all over Indonesia."""

from datetime import date
from functools import cache

import holidays

from chassis.database import Transaction
from services.booking.domain.calendar import Holidays
from services.booking.domain.holidays import HolidayOverride, corrected
from services.booking.domain.office import Office
from services.booking.store import calendars


@cache
def public_holidays(year: int) -> Holidays:
    """Return a year's public holidays and joint leave (cuti bersama), as far as the library knows them."""
    known = holidays.country_holidays(
        "ID", years=year, categories=(holidays.PUBLIC, holidays.GOVERNMENT), language="id"
    )
    return dict(known.items())


def observed_holidays(tx: Transaction, office: Office, *, first: date, last: date) -> Holidays:
    """Return the holidays of some dates that an office observes, corrected by what was decreed since."""
    if not office.observes_holidays:
        return {}
    return known_holidays(calendars.holiday_overrides(tx), first=first, last=last)


def known_holidays(overrides: tuple[HolidayOverride, ...], *, first: date, last: date) -> Holidays:
    """Return the holidays of the years from one date to another."""
    known: dict[date, str] = {}
    for year in range(first.year, last.year + 1):
        known.update(public_holidays(year))
    return corrected(known, overrides)
