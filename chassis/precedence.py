"""Whom a person waits for goes first: events stay back while requests of a rush are answered, for a while.

    request in hand ─────────────┐        ┌─ in hand ─┐
    events        committed · · ·│· · · · │ · · · · · │· · rest ─▶ published
                                 └ a gap ─┘
                  committed · · · · · · · · · · · · · · 3 s ─▶ published, rush or not

Publishing an event, and all that consumers do with it, would take its time from the answers; and together the
events of a rush are cheaper for everyone.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LONGEST_SECONDS = 3.0
"""So late is an event published at most, beside what the broker takes."""
REST_SECONDS = 0.02
"""A gap as long as the way of the next requests of the same rush is no rest."""


class Precedence:
    """Counts the requests of a hot path that are in hand; `on_rest` is called when there is none left."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.on_rest: Callable[[], None] = lambda: None
        self._in_hand = 0
        self._rests_at = 0.0

    @contextmanager
    def of_requests(self) -> Iterator[None]:
        """Hold for a message of requests, until they are answered."""
        self._in_hand += 1
        try:
            yield
        finally:
            self._in_hand -= 1
            self._rests_at = self._clock() + REST_SECONDS
            if not self._in_hand:
                self.on_rest()

    def seconds_left(self, committed_at: float) -> float:
        """Return how long events committed at a moment stay back; 0 for not at all."""
        now = self._clock()
        longest = committed_at + LONGEST_SECONDS - now
        rest = longest if self._in_hand else self._rests_at - now
        return max(0.0, min(longest, rest))
