"""When to try a message again after the provider could not take it: as long as it is of use."""

from dataclasses import dataclass
from datetime import timedelta

_MOST_DOUBLINGS = 30
"""More than any longest back-off needs; a larger power would not fit into a float."""

JITTER = 0.5
"""Share of a delay that chance decides, so that messages which failed together do not return together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """Exponential back-off: `first_seconds`, twice that, and so on up to `longest_seconds`."""

    first_seconds: float = 1.0
    longest_seconds: float = 900.0

    def delay(self, attempts: int, *, chance: float) -> timedelta:
        """Return how long to wait after this many attempts.

        `chance` lies in [0, 1). The wait is between half the back-off and all of it ("equal jitter",
        M. Brooker, Exponential Backoff And Jitter, 2015).
        """
        doublings = min(attempts - 1, _MOST_DOUBLINGS)
        backoff_seconds = min(self.longest_seconds, self.first_seconds * 2.0**doublings)
        return timedelta(seconds=backoff_seconds * (1 - JITTER * (1 - chance)))
