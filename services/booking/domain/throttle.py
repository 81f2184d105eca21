"""How often a sign-in may fail before the next one has to wait."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

FAILURES_ALLOWED = 10
"""Of one login."""

LOGINS_ALLOWED_OF_ADDRESS = 500
"""Different logins that failed, from one network address: behind one there may be the customers of a mobile
network, and who hammers at one login must not keep all of them out."""

WINDOW = timedelta(minutes=15)


def retry_seconds(
    failed_at: Sequence[datetime], *, now: datetime, allowed: int = FAILURES_ALLOWED
) -> int | None:
    """Return how long to wait, None for not at all; `failed_at` is newest first."""
    recent = [instant for instant in failed_at if now - instant < WINDOW]
    if len(recent) < allowed:
        return None
    return ceil((recent[allowed - 1] + WINDOW - now).total_seconds())
