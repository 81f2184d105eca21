"""How long people travel to an office, and at which hours they can be there.

A way that runs at certain hours only (a boat with the tide, the first one of the morning) leaves hours at
which nobody from a district can be at the office: these are written down, not computed. The minutes say
who, setting out now, comes too late today.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from contracts.requests.travel import Reach
from services.booking.domain.hours import Stretch, in_order

FAR_MINUTES = 120
"""From here on a way is long: who has one has more grace when they come late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """The way from a district; its people cannot be at the office in the `unreachable` hours of a day."""

    district: str
    minutes: int
    unreachable: tuple[Stretch, ...] = ()

    def __post_init__(self) -> None:
        if self.minutes < 0:
            raise ValueError(f"{self.minutes} minutes from {self.district}")
        in_order(self.unreachable)

    @property
    def is_far(self) -> bool:
        """Whether it is a long way."""
        return self.minutes >= FAR_MINUTES

    def reach(self, starts_at: datetime, *, until: datetime, now: datetime, zone: ZoneInfo) -> Reach:
        """Say whether who sets out here now can be there for a slot, at `until` at the latest."""
        local = starts_at.astimezone(zone)
        minute = local.hour * 60 + local.minute
        if any(hours.opens_minute <= minute < hours.closes_minute for hours in self.unreachable):
            return "no_transport"
        return "too_late" if now + timedelta(minutes=self.minutes) > until else "in_time"
