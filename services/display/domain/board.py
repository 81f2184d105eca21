"""A hall board, made from what is known of an office's day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from contracts.events import BoardChanged
from contracts.events.display import BoardCall, BoardCounter, BoardNotice
from contracts.words import CounterStanding

LATEST_CALLS = 8
"""How many calls a board shows; more cannot be read from the back of a hall."""

MOST_NOTICES = 3
NOTICE_AHEAD = timedelta(days=7)
"""How long before its day people in the hall are told of an outage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Whose board it is (`timezone` is an IANA name), in which version, and when that came to be."""

    office: str
    name: str
    timezone: str
    version: int
    changed_at: datetime

    def day(self, moment: datetime) -> date:
        """Tell which day a moment belongs to in the office's own zone."""
        return moment.astimezone(ZoneInfo(self.timezone)).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A counter: open, paused or closed."""

    counter: int
    state: CounterStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """An office's day so far: its latest eight calls at least, and all that are still before a counter."""

    date: date
    waiting: int
    served: int
    calls: Sequence[BoardCall]
    desks: Sequence[Desk]
    notices: Sequence[BoardNotice] = ()


def compose_board(heading: Heading, day: Day) -> BoardChanged:
    """Make the board: newest calls first, each counter with the ticket it called last and still serves."""
    newest_first = sorted(day.calls, key=lambda call: (call.called_at, call.number), reverse=True)
    numbers = {call.counter: call.number for call in reversed(newest_first) if call.state == "called"}
    return BoardChanged(
        version=heading.version,
        office=heading.office,
        name=heading.name,
        timezone=heading.timezone,
        date=day.date,
        waiting=day.waiting,
        served=day.served,
        counters=tuple(
            BoardCounter(counter=desk.counter, state=desk.state, number=numbers.get(desk.counter))
            for desk in sorted(day.desks, key=lambda desk: desk.counter)
        ),
        calls=tuple(newest_first[:LATEST_CALLS]),
        changed_at=heading.changed_at,
        notices=_of_interest(day.notices, heading.changed_at, day.date + NOTICE_AHEAD),
    )


def _of_interest(notices: Sequence[BoardNotice], now: datetime, last_date: date) -> tuple[BoardNotice, ...]:
    ahead = [notice for notice in notices if notice.ends_at > now and notice.date <= last_date]
    return tuple(sorted(ahead, key=lambda notice: notice.begins_at)[:MOST_NOTICES])
