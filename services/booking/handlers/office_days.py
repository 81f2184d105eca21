"""What an office's rollout, calendar and holidays together say of some dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chassis.database import Transaction
from services.booking.domain.calendar import WorkingDay
from services.booking.domain.office import Office
from services.booking.domain.outage import OutageReason, outage_reason
from services.booking.domain.rollout import SELLING_STATUSES, Rollout
from services.booking.handlers.public_holidays import observed_holidays
from services.booking.store import calendars, offices


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeDays:
    """Some dates of an office, in order, each with whether it is open by its rollout then."""

    days: Mapping[date, WorkingDay]
    selling: frozenset[date]

    def working(self) -> list[WorkingDay]:
        """List the days on which the office receives people."""
        return [day for day in self.days.values() if day.date in self.selling]

    def reason(self, day: date) -> OutageReason:
        """Say why slots of a day are withdrawn."""
        return outage_reason(self.days[day], is_selling=day in self.selling)


def office_days(tx: Transaction, office: Office, dates: Sequence[date]) -> OfficeDays:
    """Look up what some dates, given in order, are to an office."""
    calendar = calendars.calendar_of(tx, office.code)
    holidays = observed_holidays(tx, office, first=dates[0], last=dates[-1])
    rollout = offices.rollout_of(tx, office.code)
    return OfficeDays(
        days={day: calendar.day(day, holidays) for day in dates},
        selling=frozenset(day for day in dates if _is_selling(office, rollout, day)),
    )


def _is_selling(office: Office, rollout: Rollout, day: date) -> bool:
    """An office without stages has its status until somebody changes it."""
    return rollout.status_on(day) in SELLING_STATUSES if rollout.stages else office.is_selling
