"""Who does not come when called: how often and when they are called, and how often they may come back."""

from datetime import datetime, timedelta
from typing import Final

from services.checkin.errors import RecallFirst, RecallTooSoon, StillOnTheWay

CALLS_BEFORE_NO_SHOW: Final = 2
"""The first call and one more: who is slow on their feet has heard at least two."""

RECALL_AFTER: Final = timedelta(seconds=10)
"""How long a call is left to be heard before the next one, unless it is set otherwise."""

PATIENCE: Final = timedelta(minutes=2)
"""How long after the first call somebody may still be on the way, unless it is set otherwise."""

MOST_RETURNS: Final = 1
"""How often a day a ticket to whose calls nobody came waits again when it is scanned."""


def require_absent(
    *, counter: int, number: str, calls: int, absent_from: datetime | None, now: datetime
) -> None:
    """Raise RecallFirst, StillOnTheWay where it is too early to say that nobody came."""
    if calls < CALLS_BEFORE_NO_SHOW:
        raise RecallFirst(counter=counter, number=number)
    if absent_from is not None and now < absent_from:
        raise StillOnTheWay(counter=counter, number=number, absent_from=absent_from.isoformat())


def require_heard(*, counter: int, number: str, recall_from: datetime, now: datetime) -> None:
    """Raise RecallTooSoon where the last call has hardly been heard."""
    if now < recall_from:
        raise RecallTooSoon(counter=counter, number=number, recall_from=recall_from.isoformat())
