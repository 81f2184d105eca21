"""The coming days of an office as its file has them."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

from rich.console import Console
from rich.table import Table

from cli.offices.files import OfficeFile, Plans
from services.booking.domain.calendar import Holidays, WorkingDay, slot_times
from services.booking.domain.fee import Fee
from services.booking.domain.holidays import HolidayOverride
from services.booking.domain.hours import Stretch
from services.booking.domain.rollout import SELLING_STATUSES
from services.booking.domain.service_form import ServiceForm
from services.booking.handlers.public_holidays import known_holidays

_COLUMNS = ("date", "hours", "slots", "released", "why")


def coming_days(plans: Plans, console: Console, *, days: int, first: datetime | None) -> None:
    """Print a line a day of the first office, on its own clock, with the corrected holidays."""
    file = plans.offices[0]
    begin = first.date() if first else datetime.now(UTC).astimezone(file.directory.zone).date()
    dates = [begin + timedelta(days=ahead) for ahead in range(days)]
    holidays = _holidays(plans, dates) if file.plan.observes_holidays else {}
    table = Table(title=_title(file), title_justify="left", box=None, padding=(0, 2, 0, 0))
    for column in _COLUMNS:
        table.add_column(column, no_wrap=column != "why")
    for day in dates:
        table.add_row(*_cells(file, file.decision.calendar.day(day, holidays), holidays.get(day)))
    console.print(table)
    for form in file.decision.forms:
        console.print(_form(file, form))


def _form(file: OfficeFile, form: ServiceForm) -> str:
    """Say what a visit takes, and which of the places are kept."""
    slots = f"{form.slots} slots in a row, " if form.slots > 1 else ""
    kept = [f"{count} {who}" for who, count in asdict(form.protected).items() if count]
    told = f"{form.service}: {slots}{form.places} places{_fee(form.fee)}"
    if not kept:
        return told
    hours = file.plan.slots.protected_until_hours
    return f"{told}, kept: {', '.join(kept)} (walk_in to the end, others until {hours} hours before)"


def _fee(fee: Fee) -> str:
    """Say what is paid, and when; nothing where that is not told."""
    amount = f"Rp {fee.rupiah:,}".replace(",", ".")
    paid = "before the place is sure" if fee.when == "first" else "at the counter"
    return f", {amount} paid {paid}" if fee.rupiah else ""


def _title(file: OfficeFile) -> str:
    return f"{file.plan.office}  {file.directory.name}, {file.plan.slots.places} places a slot and service"


def _cells(file: OfficeFile, day: WorkingDay, holiday: str | None) -> Iterator[str]:
    zone = file.directory.zone
    selling = _is_selling(file, day.date)
    times = list(slot_times(day, slot_minutes=file.plan.slots.minutes, zone=zone)) if selling else []
    released_at = file.decision.release.released_at(day.date, zone).astimezone(zone)
    yield f"{day.date:%a} {day.date}"
    yield " ".join(_clock(stretch) for stretch in day.hours) or "closed"
    yield str(len(times))
    yield f"{released_at:%a %d %b %H.%M}" if times else ""
    yield "; ".join(_why(file, day, holiday, selling=selling))


def _why(file: OfficeFile, day: WorkingDay, holiday: str | None, *, selling: bool) -> Iterator[str]:
    if not selling:
        yield f"{file.decision.rollout.status_on(day.date)}, gives no slots"
    if day.note:
        yield day.note
    if day.kind == "one_off" and holiday:
        yield f"works on {holiday}"


def _is_selling(file: OfficeFile, day: date) -> bool:
    """An office without stages has the status that somebody gave it, which its file does not tell."""
    rollout = file.decision.rollout
    return not rollout.stages or rollout.status_on(day) in SELLING_STATUSES


def _holidays(plans: Plans, dates: list[date]) -> Holidays:
    told = plans.holidays.holidays if plans.holidays else ()
    overrides = tuple(
        HolidayOverride(date=plan.date, name=plan.name, is_holiday=plan.is_holiday, decree=plan.decree)
        for plan in told
    )
    return known_holidays(overrides, first=dates[0], last=dates[-1])


def _clock(stretch: Stretch) -> str:
    ends = (divmod(minute, 60) for minute in (stretch.opens_minute, stretch.closes_minute))
    return "-".join(f"{hour:02}.{minute:02}" for hour, minute in ends)
