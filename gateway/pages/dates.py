"""Days and hours as people at an office read them: in its zone, with the zone's everyday name."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_timezone_name
from babel.units import format_unit

from contracts.words import Locale


def day_words(day: date, locale: Locale) -> str:
    """Write a day in full: Selasa, 24 November 2026."""
    return format_date(day, "EEEE, d MMMM y", locale=locale)


def weekday_words(day: date, locale: Locale) -> str:
    """Write the day of the week: Selasa."""
    return format_date(day, "EEEE", locale=locale)


def month_words(day: date, locale: Locale) -> str:
    """Write the month and the year: November 2026."""
    return format_date(day, "LLLL y", locale=locale)


def hour_words(instant: datetime, timezone: str, locale: Locale) -> str:
    """Write the hour at the office: 09.00 in Indonesian, 09:00 in English."""
    pattern = "HH.mm" if locale == "id" else "HH:mm"
    return format_datetime(instant, pattern, tzinfo=ZoneInfo(timezone), locale=locale)


def moment_words(instant: datetime, timezone: str, locale: Locale) -> str:
    """Write a day and an hour at the office: Jumat, 27 November 2026 pukul 14.00 WITA."""
    day = day_words(instant.astimezone(ZoneInfo(timezone)).date(), locale)
    hour = f"{hour_words(instant, timezone, locale)} {zone_words(instant, timezone)}"
    return f"{day} pukul {hour}" if locale == "id" else f"{day} at {hour}"


def duration_words(minutes: int, locale: Locale) -> str:
    """Write how long something takes: 2 jam 30 menit."""
    hours, rest = divmod(minutes, 60)
    parts = [(hours, "hour")] * (hours > 0) + [(rest, "minute")] * (rest > 0 or hours == 0)
    return " ".join(format_unit(count, f"duration-{unit}", "long", locale=locale) for count, unit in parts)


def zone_words(instant: datetime, timezone: str) -> str:
    """Name the zone as everybody in the country does, whatever the page's language: WIB, WITA or WIT."""
    return get_timezone_name(instant.astimezone(ZoneInfo(timezone)), width="short", locale="id")


def local_day(instant: datetime, timezone: str) -> date:
    """Return the date at the office."""
    return instant.astimezone(ZoneInfo(timezone)).date()


def local_hour(instant: datetime, timezone: str) -> int:
    """Return the hour of the day at the office."""
    return instant.astimezone(ZoneInfo(timezone)).hour
