"""An office as check-in needs it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from contracts.words import ServiceCode
from services.checkin.errors import UnknownCounter, UnknownServiceHere


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office with its time zone (IANA name), its services, and how many counters it has."""

    code: str
    name: str
    timezone: str
    services: tuple[ServiceCode, ...]
    counters: int

    def today(self, now: datetime) -> date:
        """Tell which day it is in the office's own zone."""
        return now.astimezone(ZoneInfo(self.timezone)).date()

    def require_counter(self, counter: int) -> None:
        """Raise UnknownCounter where the office has no counter of this number."""
        if counter > self.counters:
            raise UnknownCounter(office=self.code, counter=counter, counters=self.counters)

    def services_for_counter(self, wanted: tuple[ServiceCode, ...]) -> tuple[ServiceCode, ...]:
        """Return what a counter offers: each wanted service once, or all of the office's when none is named.

        Raises UnknownServiceHere.
        """
        unknown = sorted(set(wanted) - set(self.services))
        if unknown:
            raise UnknownServiceHere(office=self.code, services=unknown)
        return tuple(dict.fromkeys(wanted)) or self.services
