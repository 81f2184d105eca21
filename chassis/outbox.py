"""The transactional outbox: events are rows, written in the transaction that they tell about.

    use case ── one transaction ──▶ own tables + outbox row ──▶ relay ──▶ broker confirms ──▶ row deleted

Events of one transaction that go the same way are one row and one message, so a rush costs the broker, the
relay and who consumes it few of each.

The process that committed publishes from memory; what it did not get to, because it died or the broker
was away, is taken from the table.

Source: "Transactional outbox" (C. Richardson, Microservices Patterns, ch. 3).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import sqlalchemy
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    Identity,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    bindparam,
    func,
    insert,
    select,
    text,
)

from chassis.publication import Publication
from chassis.writes import Writes
from contracts.envelope import Envelope, encode_together
from contracts.events import Event

_outbox = Table(
    "outbox",
    MetaData(),
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("event_id", Uuid(as_uuid=False)),
    Column("exchange", Text),
    Column("routing_key", Text),
    Column("body", LargeBinary),
)
_COLUMNS = ("event_id", "exchange", "routing_key", "body")
_NEW = (
    func.unnest(*(bindparam(f"outbox_{name}", type_=ARRAY(_outbox.c[name].type)) for name in _COLUMNS))
    .table_valued(*_COLUMNS)
    .render_derived()
)
_APPEND = insert(_outbox).from_select(_COLUMNS, select(_NEW)).returning(_outbox.c.id, _outbox.c.event_id)
"""One statement for all rows, which may have company."""

MOST_IN_ONE_MESSAGE = 64

_TAKE = text(
    """
    SELECT id, event_id, exchange, routing_key, body
    FROM outbox
    WHERE created_at <= clock_timestamp() - make_interval(secs => :least_age) AND id <> ALL(:in_hand)
    ORDER BY id LIMIT :most FOR UPDATE SKIP LOCKED
    """
).bindparams(bindparam("in_hand", type_=ARRAY(BigInteger)))
_DELETE = text(
    """
    DELETE FROM outbox
    WHERE id IN (SELECT id FROM outbox WHERE id = ANY(:ids) FOR UPDATE SKIP LOCKED)
    """
).bindparams(bindparam("ids", type_=ARRAY(BigInteger)))
_STATE = text("SELECT count(*), coalesce(extract(epoch FROM now() - min(created_at)), 0) FROM outbox")


def append(
    connection: sqlalchemy.Connection, envelopes: Sequence[Envelope[Event]], writes: Writes
) -> list[Publication]:
    """Write events into the outbox of the connection's transaction, in one statement with what else waits.

    Return what is to be published once it has committed; its keys are the rows' ids. A row has the id of its
    first event.
    """
    messages = list(_together(envelopes))
    rows = {
        "event_id": [message[0].id for message in messages],
        "exchange": [message[0].data.exchange for message in messages],
        "routing_key": [message[0].routing_key for message in messages],
        "body": [encode_together(message) for message in messages],
    }
    writes.add(_APPEND, {f"outbox_{name}": values for name, values in rows.items()})
    keys = {row.event_id: row.id for row in writes.send(connection)}
    return [
        Publication(
            key=keys[event_id],
            exchange=exchange,
            routing_key=routing_key,
            message_id=event_id,
            body=body,
        )
        for event_id, exchange, routing_key, body in zip(*rows.values(), strict=True)
    ]


def _together(envelopes: Sequence[Envelope[Event]]) -> Iterator[Sequence[Envelope[Event]]]:
    """Put those together that go the same way, so many in one message at most."""
    ways: dict[tuple[str, str], list[Envelope[Event]]] = defaultdict(list)
    for envelope in envelopes:
        ways[envelope.data.exchange, envelope.routing_key].append(envelope)
    for way in ways.values():
        for begin in range(0, len(way), MOST_IN_ONE_MESSAGE):
            yield way[begin : begin + MOST_IN_ONE_MESSAGE]


def take(
    connection: sqlalchemy.Connection, most: int, *, least_age_seconds: float, in_hand: Collection[int]
) -> list[Publication]:
    """Lock the oldest rows of at least an age that nobody has locked, without those `in_hand`."""
    wanted = {"most": most, "least_age": least_age_seconds, "in_hand": list(in_hand)}
    return [_publication(row) for row in connection.execute(_TAKE, wanted)]


def delete(connection: sqlalchemy.Connection, ids: Sequence[int]) -> None:
    """Forget rows that the broker has confirmed; one that another relay has taken is that one's to forget."""
    connection.execute(_DELETE, {"ids": list(ids)})


def state(connection: sqlalchemy.Connection) -> tuple[int, float]:
    """Return how many messages wait, and the age of the oldest in seconds."""
    count, age_seconds = connection.execute(_STATE).one()
    return int(count), float(age_seconds)


def _publication(row: sqlalchemy.Row[Any]) -> Publication:
    return Publication(
        key=row.id,
        exchange=row.exchange,
        routing_key=row.routing_key,
        message_id=str(row.event_id),
        body=row.body,
    )
