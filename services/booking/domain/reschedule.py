"""Moving a booking to another time: how often, and until when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from contracts.requests.visit import Visit
from services.booking.domain.booking import Booking


class Immovable(Enum):
    """Why a booking stays where it is."""

    CANCELLED = auto()
    NOT_PAID = auto()
    HOLD_ENDED = auto()
    OVER = auto()
    MOVED_OFTEN_ENOUGH = auto()
    TOO_LATE = auto()


_IMMOVABLE: Mapping[str, Immovable] = {
    "cancelled": Immovable.CANCELLED,
    "held": Immovable.NOT_PAID,
    "expired": Immovable.HOLD_ENDED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RescheduleRule:
    """How often people may move a booking, and how long before it at the latest.

    Whom the office itself let down may move at any time, and it does not count; nor does the choice of a slot
    by who has paid and has none.
    """

    most: int = 1
    notice: timedelta = timedelta(days=1)

    def left(self, booking: Booking) -> int:
        """Count how often people may still move a booking."""
        return max(0, self.most - (booking.moves - booking.free_moves))

    def against(self, booking: Booking, *, is_affected: bool, now: datetime) -> Immovable | None:
        """Say what stands against moving a booking; nothing does where it can be moved."""
        if booking.status in _IMMOVABLE:
            return _IMMOVABLE[booking.status]
        if booking.status == "paid" or (is_affected and booking.status == "booked"):
            return None
        if not booking.is_ahead(now):
            return Immovable.OVER
        if not self.left(booking):
            return Immovable.MOVED_OFTEN_ENOUGH
        return Immovable.TOO_LATE if booking.starts_at - now < self.notice else None


def is_used(visit: Visit | None, *, is_affected: bool) -> bool:
    """Tell whether a booking is used by its visit, so that it can be moved or given up no more.

    Who waits in the hall of an office that will not work at their hour has got nothing for it yet.
    """
    return visit is not None and not (is_affected and visit.state == "waiting")


ONE_MOVE = RescheduleRule()
"""What holds unless it is set."""
