"""The days on which government offices are closed all over Indonesia."""

from collections.abc import Set
from datetime import date
from functools import cache

import holidays


@cache
def public_holidays(year: int) -> Set[date]:
    """Return a year's public holidays and joint leave (cuti bersama), as far as they are decreed."""
    return frozenset(
        holidays.country_holidays("ID", years=year, categories=(holidays.PUBLIC, holidays.GOVERNMENT))
    )
