"""The inbox: an event takes effect once, however often it is delivered.

The event's id is inserted in the same transaction as its effect. A second delivery waits on the
primary key until the first has committed, and then finds the id there.
"""

from collections.abc import Iterable, Sequence

import sqlalchemy
from sqlalchemy import text

_REMEMBER = text(
    """
    INSERT INTO inbox (event_id)
    SELECT event_id FROM unnest(CAST(:event_ids AS uuid[])) AS event (event_id) ORDER BY event_id
    ON CONFLICT DO NOTHING
    RETURNING event_id
    """
)
_LOCK = text(
    """
    SELECT pg_advisory_xact_lock(:space, hashtext(office))
    FROM unnest(CAST(:offices AS text[])) AS one (office)
    """
)
_LOCK_SPACE = 1
_FORGET = text("DELETE FROM inbox WHERE received_at < now() - make_interval(days => :days)")

KEPT_DAYS = 14
"""Longer than a broker is away: only then does the copy of an event that had its effect come late. What is
parked had none, and may be replayed at any time."""


def lock(connection: sqlalchemy.Connection, offices: Iterable[str]) -> None:
    """Let nobody else work on events of these offices until the connection's transaction ends.

    All lock in the same order, and before they touch a row; so replicas that work on many events in one
    transaction do not wait for each other's rows in a circle.
    """
    connection.execute(_LOCK, {"space": _LOCK_SPACE, "offices": sorted(set(offices))})


def remember(connection: sqlalchemy.Connection, event_ids: Sequence[str]) -> set[str]:
    """Remember events in the connection's transaction; return those that have not had their effect yet."""
    return {str(row.event_id) for row in connection.execute(_REMEMBER, {"event_ids": list(event_ids)})}


def forget_old(connection: sqlalchemy.Connection) -> int:
    """Drop ids older than KEPT_DAYS and return how many."""
    return connection.execute(_FORGET, {"days": KEPT_DAYS}).rowcount
