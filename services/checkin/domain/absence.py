"""Who does not come when called: after how many calls, and how often they may come back."""

from typing import Final

from services.checkin.errors import RecallFirst

CALLS_BEFORE_NO_SHOW: Final = 2
"""The first call and one more: who is slow on their feet has heard at least two."""

MOST_RETURNS: Final = 1
"""How often a day a ticket to whose calls nobody came waits again when it is scanned."""


def require_recalled(*, counter: int, number: str, calls: int) -> None:
    """Raise RecallFirst where a ticket was not called often enough to say that nobody came."""
    if calls < CALLS_BEFORE_NO_SHOW:
        raise RecallFirst(counter=counter, number=number)
