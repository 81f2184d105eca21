"""The outbox relay: publishes what is committed, and forgets it only when the broker has confirmed.

It runs in every service process, is woken by the process's own commits, and looks every second for
rows that a crashed or blocked process left behind. Rows are taken with SKIP LOCKED, so relays share
the work. Confirms are pipelined: a batch is sent in one go, and while the broker confirms it the next
one is read and sent.

Transient events (`durable = False`) go out on the same connection without confirm; of those that
wait, only the latest of each subject is sent.
"""

from collections import deque
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Any

import eventlet
import sqlalchemy
from eventlet.queue import Empty, LightQueue
from kombu import Connection
from sqlalchemy.exc import SQLAlchemyError

from chassis import metrics, outbox, topology
from chassis.broker import BrokerLoop
from chassis.database import Database
from chassis.log import get_logger
from chassis.publisher import Batch, Publication, Publisher
from contracts.envelope import Envelope, encode
from contracts.events import SUBSCRIPTIONS, Event

log = get_logger(__name__)

BATCH = 500
POLL_SECONDS = 1.0

_WANTED = frozenset(event_type.__name__ for wanted in SUBSCRIPTIONS.values() for event_type in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """A batch on its way, and the transaction that locks its rows."""

    database: sqlalchemy.Connection
    batch: Batch


class Relay:
    """Moves events from one database's outbox to the broker."""

    def __init__(self, database: Database, amqp_url: str) -> None:
        self.loop = BrokerLoop(amqp_url, "relay", self._work)
        self._database = database
        self._woken: LightQueue[None] = LightQueue(1)
        self._transient: dict[tuple[str, str], Envelope[Event]] = {}

    def committed(self, durable: bool, transient: list[Envelope[Event]]) -> None:
        """Hear of a commit: the outbox has new rows (`durable`), or transient events are to go out."""
        for envelope in transient:
            self._transient[(envelope.type, envelope.data.event_subject)] = envelope
        if (durable or transient) and self._woken.empty():
            self._woken.put_nowait(None)

    def stop(self) -> None:
        """End after the batch in hand."""
        self.loop.stop()
        self.committed(True, [])

    def _work(self, connection: Connection) -> None:
        channel = connection.channel()
        topology.declare(channel)
        publisher = Publisher(connection)
        self.loop.ready()
        while not self.loop.stopping:
            try:
                self._relay(connection, publisher, channel)
            except SQLAlchemyError as reason:
                log.warning("outbox_unreadable", reason=str(reason))
                eventlet.sleep(POLL_SECONDS)

    def _relay(self, connection: Connection, publisher: Publisher, channel: object) -> None:
        """Relay until told to stop; two batches are on their way when there is so much."""
        on_their_way: deque[_Sent] = deque()
        try:
            while not self.loop.stopping:
                self._send_transient(publisher)
                sent = self._take_and_send(publisher)
                if sent is not None:
                    on_their_way.append(sent)
                if len(on_their_way) == 2 or (on_their_way and sent is None):
                    self._forget(on_their_way.popleft(), publisher, channel)
                elif sent is None:
                    self._wait(connection)
        finally:
            for sent in on_their_way:
                sent.database.close()

    def _wait(self, connection: Connection) -> None:
        """Read what the broker said (it confirms transient messages too), and wait for a commit."""
        self.loop.tend(connection)
        with suppress(Empty):
            self._woken.get(timeout=POLL_SECONDS)

    def _send_transient(self, publisher: Publisher) -> None:
        """Send what waits; what a broken connection kept back goes out with the next one."""
        while self._transient:
            subject, envelope = next(iter(self._transient.items()))
            publisher.publish_transient(
                Publication(
                    key=None,
                    exchange=envelope.data.exchange,
                    routing_key=envelope.routing_key,
                    message_id=envelope.id,
                    body=encode(envelope),
                )
            )
            if self._transient[subject] is envelope:
                del self._transient[subject]

    def _take_and_send(self, publisher: Publisher) -> "_Sent | None":
        """Lock the oldest rows and send them; None when nothing waits."""
        with ExitStack() as until_sent:
            database = until_sent.enter_context(self._database.engine.connect())
            rows = outbox.take(database, BATCH)
            if not rows:
                return None
            batch = publisher.send(map(_publication, rows))
            until_sent.pop_all()
        return _Sent(database=database, batch=batch)

    def _forget(self, sent: "_Sent", publisher: Publisher, channel: object) -> None:
        """Wait for a batch's confirms, and delete its rows."""
        with sent.database as database:
            publisher.wait_for(sent.batch)
            unwanted = self._forgettable(sent.batch.unrouted, channel)
            outbox.delete(database, [*sent.batch.confirmed, *unwanted])
            database.commit()
        metrics.OUTBOX_PUBLISHED.inc(len(sent.batch.confirmed))

    def _forgettable(self, unrouted: list[Publication], channel: object) -> list[int]:
        """Return the rows that nobody subscribes to; where a queue should have been, make it exist again."""
        unwanted, missing = [], False
        for publication in unrouted:
            event = publication.routing_key.rpartition(".")[2]
            metrics.OUTBOX_UNROUTED.labels(event).inc()
            if event in _WANTED:
                log.error("queue_missing", event_type=event)
                missing = True
            else:
                unwanted.append(publication.key)
        if missing:
            eventlet.sleep(POLL_SECONDS)  # first the broker tells the consumers: see events.IDLE_SECONDS
            topology.declare(channel)
        return unwanted


def _publication(row: sqlalchemy.Row[Any]) -> Publication:
    return Publication(
        key=row.id,
        exchange=row.exchange,
        routing_key=row.routing_key,
        message_id=str(row.event_id),
        body=row.body,
    )
