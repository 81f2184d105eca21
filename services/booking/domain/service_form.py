"""What a visit for one service takes: slots in a row, each of so many places, some kept for some; its fee."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Protocol, TypeVar

from contracts.words import ServiceCode
from services.booking.domain.fee import AT_THE_COUNTER, Fee
from services.booking.domain.quota import NOTHING_PROTECTED, Protected


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceForm:
    """One service at one office."""

    service: ServiceCode
    slots: int = 1
    places: int = 0
    protected: Protected = NOTHING_PROTECTED
    fee: Fee = AT_THE_COUNTER

    def __post_init__(self) -> None:
        if self.slots < 1 or self.places < 0 or self.protected.total > self.places:
            raise ValueError(f"no form of a service: {self}")


class Timed(Protocol):
    """A slot with its id and its time."""

    @property
    def slot_id(self) -> str:
        """What it is called."""

    @property
    def starts_at(self) -> datetime:
        """When it begins."""

    @property
    def ends_at(self) -> datetime:
        """When it ends."""


T = TypeVar("T", bound=Timed)


def following(slots: Sequence[T], length: int) -> dict[str, tuple[str, ...] | None]:
    """Name for each slot those that come right after it in a visit of so many slots.

    None where a visit cannot begin: a break, a closure or the end of the day comes before it is over.
    """
    row = sorted(slots, key=lambda slot: slot.starts_at)
    found: dict[str, tuple[str, ...] | None] = {}
    for at, slot in enumerate(row):
        visit = row[at : at + length]
        whole = len(visit) == length and all(one.ends_at == after.starts_at for one, after in pairwise(visit))
        found[slot.slot_id] = tuple(one.slot_id for one in visit[1:]) if whole else None
    return found
