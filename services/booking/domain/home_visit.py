"""A request for a visit at home, and what can become of it.

requested ──▶ scheduled ──▶ done
    │          │  ▲  │
    │          └──┘ another day
    ├──────────┴──▶ declined     by the office, with a reason
    └─────────────▶ withdrawn    by who asked, or because they book for the person no more
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from contracts.words import HomeVisitDecline, HomeVisitReason, HomeVisitStatus

MOST_A_MONTH = 3
"""Requests for one person within `MONTH`, whatever became of them: an office reads and answers each."""

MONTH = timedelta(days=30)

ANSWERED_WITHIN = timedelta(days=7)
"""After how long a request without an answer is marked on the office's list."""

OPEN: frozenset[HomeVisitStatus] = frozenset({"requested", "scheduled"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Who is to be visited, where they live and why they cannot come: what is kept sealed.

    The names are those of the day on which the visit was asked for, whatever becomes of the person since.
    """

    name: str
    display_name: str
    district: str
    address: str
    reason: HomeVisitReason
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisit:
    """One request; `asker_id` has the account, `person_id` is who is to be visited."""

    visit_id: str
    person_id: str
    asker_id: str
    office: str
    status: HomeVisitStatus
    version: int
    requested_at: datetime
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    decline_reason: HomeVisitDecline | None = None
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.status in OPEN

    def is_overdue(self, now: datetime) -> bool:
        """Whether it waits for an answer for too long."""
        return self.status == "requested" and now - self.requested_at > ANSWERED_WITHIN

    def can_be_done(self, now: datetime) -> bool:
        """Whether somebody can have been there."""
        return self.starts_at is not None and self.starts_at <= now

    def scheduled(self, starts_at: datetime, ends_at: datetime) -> "HomeVisit":
        """Return it with the time within which the office comes."""
        return self._now("scheduled", starts_at=starts_at, ends_at=ends_at)

    def declined(self, reason: HomeVisitDecline, now: datetime) -> "HomeVisit":
        """Return it declined; what was scheduled is no more."""
        return self._now("declined", starts_at=None, ends_at=None, decline_reason=reason, closed_at=now)

    def done(self, now: datetime) -> "HomeVisit":
        """Return it done."""
        return self._now("done", closed_at=now)

    def withdrawn(self, now: datetime) -> "HomeVisit":
        """Return it withdrawn."""
        return self._now("withdrawn", closed_at=now)

    def _now(self, status: HomeVisitStatus, **changes: object) -> "HomeVisit":
        return replace(self, status=status, version=self.version + 1, **changes)  # type: ignore[arg-type]  # named above


def window_on(day: date, window: str, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when a window such as `09.00-12.00` begins and ends on a day of the office's clock."""
    begins, _, ends = window.partition("-")
    return _instant(day, begins, zone), _instant(day, ends, zone)


def _instant(day: date, clock: str, zone: ZoneInfo) -> datetime:
    minutes = timedelta(hours=int(clock[:2]), minutes=int(clock[3:]))
    return (datetime.combine(day, time(), zone) + minutes).astimezone(UTC)
