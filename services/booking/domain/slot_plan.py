"""What has to change so that an office's slots are those of its calendar.

A slot that is wanted and not there is added; one that is there and no longer wanted is withdrawn, and
stays, for the people who booked it; one that was withdrawn and is wanted again is restored. What was
shown to people stays shown: the moment of release of a slot moves only while it lies ahead.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from contracts.words import ServiceCode
from services.booking.domain.calendar import SlotTime
from services.booking.domain.quota import NOTHING_PROTECTED, Protected


class SlotKey(NamedTuple):
    """What makes two slots of an office the same."""

    service: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """The places of a slot that are kept, and until when; what is kept for the door has no end."""

    places: Protected = NOTHING_PROTECTED
    until: datetime | None = None


NO_PROTECTION = Protection()


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSlot:
    """A slot that the calendar asks for."""

    service: ServiceCode
    time: SlotTime
    capacity: int
    released_at: datetime
    protection: Protection = NO_PROTECTION

    @property
    def key(self) -> SlotKey:
        """What makes it the same as another."""
        return SlotKey(self.service, self.time.starts_at, self.time.ends_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSlot:
    """A slot that is there."""

    slot_id: str
    service: ServiceCode
    time: SlotTime
    capacity: int
    booked: int
    released_at: datetime
    is_withdrawn: bool
    protection: Protection = NO_PROTECTION
    following: tuple[str, ...] | None = ()

    @property
    def starts_at(self) -> datetime:
        """When it begins."""
        return self.time.starts_at

    @property
    def ends_at(self) -> datetime:
        """When it ends."""
        return self.time.ends_at

    @property
    def key(self) -> SlotKey:
        """What makes it the same as another."""
        return SlotKey(self.service, self.time.starts_at, self.time.ends_at)

    def as_wanted(self, wanted: WantedSlot, now: datetime) -> "KnownSlot":
        """Return it as it is to be; places that are taken stay, and what was released stays so."""
        return replace(
            self,
            capacity=max(wanted.capacity, self.booked),
            protection=wanted.protection,
            released_at=wanted.released_at if now < self.released_at else self.released_at,
            is_withdrawn=False,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotChanges:
    """What to do; `restored` and `adjusted` are slots as they are to be."""

    added: tuple[WantedSlot, ...]
    withdrawn: tuple[KnownSlot, ...]
    restored: tuple[KnownSlot, ...]
    adjusted: tuple[KnownSlot, ...]


def slot_changes(
    wanted: Collection[WantedSlot], known: Iterable[KnownSlot], *, made_until: datetime, now: datetime
) -> SlotChanges:
    """Compare the slots that an office is to have with those that it has.

    `wanted` covers all dates of the known ones; new slots are made where the release is not after
    `made_until`.
    """
    aims = {slot.key: slot for slot in wanted}
    present = list(known)
    kept = [(slot, slot.as_wanted(aims[slot.key], now)) for slot in present if slot.key in aims]
    there = {slot.key for slot in present}
    return SlotChanges(
        added=tuple(slot for slot in wanted if slot.key not in there and slot.released_at <= made_until),
        withdrawn=tuple(slot for slot in present if slot.key not in aims and not slot.is_withdrawn),
        restored=tuple(aim for slot, aim in kept if slot.is_withdrawn),
        adjusted=tuple(aim for slot, aim in kept if aim != slot and not slot.is_withdrawn),
    )
