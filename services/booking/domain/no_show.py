"""What follows when people do not come: nothing, unless their office says so.

    missed, missed ──after so often within some days──▶ waits ──days over──▶ books again

Missed is a visit to which somebody did not come, and that was not cancelled. On a day on which the office did
not work as announced nobody misses anything. What was missed before the office had its rule does not count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class NoShowRule:
    """Who missed `after` visits within `within_days` waits for `wait_days` after the last; since a date."""

    after: int
    within_days: int
    wait_days: int
    since: date

    def first_that_counts(self, today: date) -> date:
        """Name the first day on which something missed can still matter."""
        return max(self.since, today - timedelta(days=self.within_days + self.wait_days))

    def judge(self, missed_on: Iterable[date]) -> "Judgement":
        """Say what follows for who missed visits on some days."""
        days = sorted(day for day in missed_on if day >= self.since)
        if not days:
            return Judgement(missed=0, book_from=None)
        within = [day for day in days if day > days[-1] - timedelta(days=self.within_days)]
        waits = len(within) >= self.after
        book_from = days[-1] + timedelta(days=self.wait_days) if waits else None
        return Judgement(missed=len(within), book_from=book_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """How much counts of what somebody missed, and the first day on which they may book again."""

    missed: int
    book_from: date | None

    def wait_at(self, zone: ZoneInfo, now: datetime) -> str | None:
        """Write until when they wait, as the office's first moment of that day; None where they need not."""
        if self.book_from is None:
            return None
        until = datetime.combine(self.book_from, time(), zone)
        return until.isoformat() if now < until else None


def waits_until(wait: str | None, now: datetime) -> date | None:
    """Read a wait that was written down: the first day on which its person may book, None when it is over."""
    if wait is None:
        return None
    until = datetime.fromisoformat(wait)
    return until.date() if now < until else None
