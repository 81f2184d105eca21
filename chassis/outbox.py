"""The transactional outbox: events are rows, written in the transaction that they tell about.

    use case ── one transaction ──▶ own tables + outbox row ──▶ relay ──▶ broker confirms ──▶ row deleted

Source: "Transactional outbox" (C. Richardson, Microservices Patterns, ch. 3).
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy
from sqlalchemy import bindparam, text

from chassis.tables import outbox
from contracts.envelope import Envelope, encode
from contracts.events import Event

_TAKE = text(
    """
    SELECT id, event_id, exchange, routing_key, body
    FROM outbox ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED
    """
)
_DELETE = text("DELETE FROM outbox WHERE id = ANY(:ids)").bindparams(
    bindparam("ids", type_=sqlalchemy.ARRAY(sqlalchemy.BigInteger))
)
_STATE = text("SELECT count(*), coalesce(extract(epoch FROM now() - min(created_at)), 0) FROM outbox")


def append(connection: sqlalchemy.Connection, envelopes: Sequence[Envelope[Event]]) -> None:
    """Write events into the outbox of the connection's transaction."""
    rows: list[dict[str, Any]] = [
        {
            "event_id": envelope.id,
            "exchange": envelope.data.exchange,
            "routing_key": envelope.routing_key,
            "body": encode(envelope),
        }
        for envelope in envelopes
    ]
    connection.execute(sqlalchemy.insert(outbox), rows)


def take(connection: sqlalchemy.Connection, most: int) -> Sequence[sqlalchemy.Row[Any]]:
    """Lock the oldest rows that nobody else is publishing."""
    return connection.execute(_TAKE, {"most": most}).all()


def delete(connection: sqlalchemy.Connection, ids: Sequence[int]) -> None:
    """Forget rows that the broker has confirmed."""
    connection.execute(_DELETE, {"ids": list(ids)})


def state(connection: sqlalchemy.Connection) -> tuple[int, float]:
    """Return how many events wait, and the age of the oldest in seconds."""
    count, age_seconds = connection.execute(_STATE).one()
    return int(count), float(age_seconds)
