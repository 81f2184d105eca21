"""How many places of a day are for people who come without a booking."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from contracts.events.base import Event
from contracts.words import Count, Instant, OfficeCode, ServiceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkInPlaces:
    """How many places of a day a service keeps for who walks in."""

    service: ServiceCode
    places: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkInPlacesSet(Event):
    """The slots of an office's date were made or changed; these are all services that work then.

    A date on which the office does not work names none. Bookings change nothing of it. At `closes_at` the
    last of the slots ends, of whichever service; it is absent where there is none.
    """

    producer: ClassVar[str] = "booking"
    schema_version: ClassVar[int] = 2

    office: OfficeCode
    date: date
    services: tuple[WalkInPlaces, ...]
    closes_at: Instant | None = None

    @property
    def event_subject(self) -> str:
        """Office and date, as `TRK/2026-11-24`."""
        return f"{self.office}/{self.date}"
