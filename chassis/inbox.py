"""The inbox: an event takes effect once, however often it is delivered.

The event's id is inserted in the same transaction as its effect. A second delivery waits on the
primary key until the first has committed, and then finds the id there.
"""

import sqlalchemy
from sqlalchemy import text

_REMEMBER = text("INSERT INTO inbox (event_id) VALUES (:event_id) ON CONFLICT DO NOTHING")
_FORGET = text("DELETE FROM inbox WHERE received_at < now() - make_interval(days => :days)")

KEPT_DAYS = 14
"""Longer than a broker is away: only then does the copy of an event that had its effect come late. What is
parked had none, and may be replayed at any time."""


def is_new(connection: sqlalchemy.Connection, event_id: str) -> bool:
    """Remember an event in the connection's transaction; False when it has had its effect already."""
    return connection.execute(_REMEMBER, {"event_id": event_id}).rowcount == 1


def forget_old(connection: sqlalchemy.Connection) -> int:
    """Drop ids older than KEPT_DAYS and return how many."""
    return connection.execute(_FORGET, {"days": KEPT_DAYS}).rowcount
