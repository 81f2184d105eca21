"""How many places are left."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from contracts.events.base import Event
from contracts.words import Count, Instant, OfficeCode, Rupiah, ServiceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotPlaces:
    """One arrival slot and its places, the same for whoever asks; times are UTC.

    `places_left` counts what anybody can still book online, `priority_places_left` what the priority classes
    can. A booking of a service that takes several slots lasts from the start of this one to `ends_at`.
    """

    slot_id: str
    starts_at: Instant
    ends_at: Instant
    capacity: Count
    places_left: Count
    priority_places_left: Count = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailabilityChanged(Event):
    """The slots that an office gives out for a service on a day, after places of them were taken or freed.

    Not durable, and told a few times a second at most, whatever the rush. Who misses one gets the same state
    with the next, or asks. `version` orders what the database had seen and is no count of changes. The clock
    changes slots too (they are released, they begin, what is protected is anybody's): `changes_at` is the
    next such moment, from which this no longer holds though nothing is told.

    `prepaid_amount` is what a person pays first, `hold_minutes` how long a place is kept for that at most.
    """

    producer: ClassVar[str] = "booking"
    durable: ClassVar[bool] = False

    office: OfficeCode
    service: ServiceCode
    date: date
    slots: tuple[SlotPlaces, ...]
    changes_at: Instant | None
    prepaid_amount: Rupiah | None = None
    hold_minutes: Count | None = None

    @property
    def event_subject(self) -> str:
        """The office, the service and the day."""
        return f"{self.office}:{self.service}:{self.date}"
