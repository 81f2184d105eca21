"""What anybody sees of a day's slots at an instant, and until when it stays so if nobody books.

The clock alone changes it: a slot is released, its sale ends, places that were kept become anybody's.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contracts.events.availability import SlotPlaces
from contracts.words import ServiceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeDay:
    """A day of an office, as people see it who come for one service."""

    office: str
    service: ServiceCode
    date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySlot:
    """A slot of the day that is not withdrawn; `begins_visit` tells whether a booking can begin there."""

    places: SlotPlaces
    released_at: datetime
    sell_until: datetime
    protected_until: datetime | None
    begins_visit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlaces:
    """All slots of a day by time, as the database had them after `version`; of two the higher is newer."""

    day: OfficeDay
    version: int
    slots: tuple[DaySlot, ...]
    prepaid_amount: int | None


def given_out(slots: Sequence[DaySlot], now: datetime) -> tuple[SlotPlaces, ...]:
    """List what can be seen: the slots that are given out now."""
    return tuple(
        slot.places for slot in slots if slot.begins_visit and slot.released_at <= now < slot.sell_until
    )


def changes_at(slots: Sequence[DaySlot], now: datetime) -> datetime | None:
    """Return the next instant at which the clock changes what can be seen; None where there is none."""
    return min((instant for slot in slots for instant in _instants(slot) if now < instant), default=None)


def _instants(slot: DaySlot) -> Iterator[datetime]:
    """A slot at which nobody begins can still end what is kept of the visits that it is part of."""
    if slot.protected_until is not None:
        yield slot.protected_until
    if slot.begins_visit:
        yield slot.released_at
        yield slot.sell_until
