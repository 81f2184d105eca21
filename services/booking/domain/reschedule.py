"""Moving a booking to another time: how often, and until when."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from services.booking.domain.booking import Booking


class Immovable(Enum):
    """Why a booking stays where it is."""

    CANCELLED = auto()
    OVER = auto()
    MOVED_OFTEN_ENOUGH = auto()
    TOO_LATE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class RescheduleRule:
    """How often people may move a booking, and how long before it at the latest.

    Whom the office itself let down may move at any time, and it does not count.
    """

    most: int = 1
    notice: timedelta = timedelta(days=1)

    def against(self, booking: Booking, *, is_affected: bool, now: datetime) -> Immovable | None:
        """Say what stands against moving a booking; nothing does where it can be moved."""
        if booking.status == "cancelled":
            return Immovable.CANCELLED
        if is_affected:
            return None
        if not booking.is_ahead(now):
            return Immovable.OVER
        if booking.moves - booking.free_moves >= self.most:
            return Immovable.MOVED_OFTEN_ENOUGH
        return Immovable.TOO_LATE if booking.starts_at - now < self.notice else None
