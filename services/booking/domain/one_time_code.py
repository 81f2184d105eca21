"""Codes that prove that a phone or a mailbox is one's own: how long they count, how often they are sent.

    sent ──▶ typed right ──▶ done
         ├─▶ typed wrong, up to five times, whichever of the two ──▶ worth nothing
         ├─▶ ten minutes ──▶ worth nothing
         └─▶ asked for anew, after a minute, up to three times ──▶ others, with tries of their own

Source of the numbers: NIST SP 800-63B-4, 3.1.3.2 (six digits, at most ten minutes) and 3.2.2 (limited tries).
"""

from datetime import datetime, timedelta

DIGITS = 6
LIVES = timedelta(minutes=10)
TRIES = 5
RESEND_AFTER = timedelta(minutes=1)
MOST_SENDS = 4

WAITS = timedelta(hours=1)
"""How long what waits for codes is kept when nobody types them, and how far back beginnings are counted."""

MOST_OF_ONE_PERSON = 5
"""Beginnings within that time that share a NIK, a phone, an e-mail address or a login."""

MOST_OF_ONE_ADDRESS = 100
"""Beginnings within that time from one network address: a village office, or a whole mobile network's
customers, may share one."""


def resend_seconds(sent_at: datetime, *, now: datetime) -> int:
    """Return how long to wait until codes can be sent anew."""
    return max(0, round((sent_at + RESEND_AFTER - now).total_seconds()))
