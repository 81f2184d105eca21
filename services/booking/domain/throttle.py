"""How often a login may fail before it has to wait."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

FAILURES_ALLOWED = 10
WINDOW = timedelta(minutes=15)


def retry_seconds(failed_at: Sequence[datetime], *, now: datetime) -> int | None:
    """Return how long a login has to wait, None for not at all; `failed_at` is newest first."""
    recent = [instant for instant in failed_at if now - instant < WINDOW]
    if len(recent) < FAILURES_ALLOWED:
        return None
    return ceil((recent[FAILURES_ALLOWED - 1] + WINDOW - now).total_seconds())
