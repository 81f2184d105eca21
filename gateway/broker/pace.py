"""How fast a lane is answered while it has more than it may send.

Only then the rate tells what the service can do, and not how little it was asked. It is counted over half a
second at a time: shorter, and one slow write of a disk looks like a service that stands still; longer, and a
rush is over before it is known how long it would take.
"""

from math import inf

WINDOW_SECONDS = 0.5


class Pace:
    """Answers a second, of a service that has as much to do as it can. Times are a monotonic clock's."""

    __slots__ = ("_answered", "_per_second", "_since")

    def __init__(self) -> None:
        self._per_second: float | None = None
        self._answered = 0
        self._since: float | None = None

    def rest(self) -> None:
        """Count no further: the service has less to do than it could. The rate it had stays known."""
        self._since = None

    def count_answer(self) -> None:
        """Note that the service has answered a request, whatever it said."""
        self._answered += 1

    def wait_seconds(self, ahead: int, *, now: float) -> float | None:
        """Estimate how long one waits who has `ahead` requests before it; None while nothing is known.

        Calling it says that the service has as much to do as it can.
        """
        self._look(now)
        if self._per_second is None:
            return None
        return ahead / self._per_second if self._per_second else inf

    def _look(self, now: float) -> None:
        if self._since is None:
            self._since, self._answered = now, 0
        elif now - self._since >= WINDOW_SECONDS:
            latest = self._answered / (now - self._since)
            # Faster is believed at once: who waits is spared a refusal. Slower may have been a moment only.
            slower = self._per_second is not None and latest < self._per_second
            self._per_second = (self._per_second + latest) / 2 if self._per_second and slower else latest
            self._since, self._answered = now, 0
