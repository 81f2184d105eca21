"""How many places of a slot are whose: nested limits, as for the fare classes of a flight.

    capacity ┬ walk-in     for who comes to the door; never given out online
             ├ assisted    for who books with an officer's help  ┐ protected until an instant,
             ├ priority    for the priority classes              ┘ then anybody's
             └ the rest    anybody's

Who has a pool of their own takes from it first and then from the rest, like anybody; what is left of a
pool when its protection ends is anybody's, so no place stays unsellable. Source: K. Talluri, G. van Ryzin,
"The Theory and Practice of Revenue Management", 2.1 (protection levels, nested booking limits).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Pool = Literal["regular", "assisted", "priority"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """How many places are kept for whom."""

    assisted: int = 0
    priority: int = 0
    walk_in: int = 0

    def __post_init__(self) -> None:
        if min(self.assisted, self.priority, self.walk_in) < 0:
            raise ValueError(f"fewer than no places: {self}")

    @property
    def total(self) -> int:
        """How many places are not everybody's."""
        return self.assisted + self.priority + self.walk_in


NOTHING_PROTECTED = Protected()


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The places of one slot at one instant; `is_protected` tells whether the pools are still kept."""

    capacity: int
    booked: int = 0
    protected: Protected = NOTHING_PROTECTED
    assisted_booked: int = 0
    priority_booked: int = 0
    is_protected: bool = True

    def left(self, *own: Pool) -> int:
        """Count the places that somebody with these pools of their own can get."""
        free = self._free
        if self.is_protected:
            free -= 0 if "assisted" in own else self._kept("assisted")
            free -= 0 if "priority" in own else self._kept("priority")
        return max(0, free)

    def pool_for(self, own: Sequence[Pool]) -> Pool | None:
        """Choose the pool that the next place comes from; None where there is none."""
        if self.left(*own) < 1:
            return None
        return next((pool for pool in own if self._kept(pool) > 0), "regular")

    def taken(self, pool: Pool) -> "Places":
        """Return what is left when one place of a pool is gone."""
        return replace(
            self,
            booked=self.booked + 1,
            assisted_booked=self.assisted_booked + (pool == "assisted"),
            priority_booked=self.priority_booked + (pool == "priority"),
        )

    @property
    def _free(self) -> int:
        return self.capacity - self.booked - self.protected.walk_in

    def _kept(self, pool: str) -> int:
        """What of a pool is still kept for its own people."""
        if not self.is_protected:
            return 0
        if pool == "assisted":
            return max(0, self.protected.assisted - self.assisted_booked)
        return max(0, self.protected.priority - self.priority_booked) if pool == "priority" else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One place of one slot that is taken, and from which pool."""

    slot_id: str
    pool: Pool
