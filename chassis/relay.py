"""The outbox relay: publishes what is committed, and forgets it only when the broker has confirmed.

It runs in every service process, is woken by the process's own commits, and looks every second for
rows that a crashed or blocked process left behind. Rows are taken with SKIP LOCKED, so relays share
the work. Confirms are pipelined: a batch is published in one go, then all its confirms are awaited.

Transient events (`durable = False`) go out on the same connection without confirm; of those that
wait, only the latest of each subject is sent.
"""

import eventlet
from eventlet.queue import Empty, LightQueue
from kombu import Connection
from sqlalchemy.exc import SQLAlchemyError

from chassis import metrics, outbox, topology
from chassis.broker import BrokerLoop
from chassis.database import Database
from chassis.log import get_logger
from chassis.publisher import Publication, Publisher
from contracts.envelope import Envelope, encode
from contracts.events import SUBSCRIPTIONS, Event

log = get_logger(__name__)

BATCH = 500
POLL_SECONDS = 1.0

_WANTED = frozenset(event_type.__name__ for wanted in SUBSCRIPTIONS.values() for event_type in wanted)


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
            self._send_transient(publisher)
            try:
                taken = self._relay_batch(publisher, channel)
            except SQLAlchemyError as reason:
                log.warning("outbox_unreadable", reason=str(reason))
                eventlet.sleep(POLL_SECONDS)
                continue
            if taken < BATCH:
                self._wait(connection)

    def _wait(self, connection: Connection) -> None:
        try:
            self._woken.get(timeout=POLL_SECONDS)
        except Empty:
            self.loop.tend(connection)
            self._measure()

    def _send_transient(self, publisher: Publisher) -> None:
        waiting, self._transient = self._transient, {}
        for envelope in waiting.values():
            publisher.publish_transient(
                Publication(
                    key=None,
                    exchange=envelope.data.exchange,
                    routing_key=envelope.routing_key,
                    message_id=envelope.id,
                    body=encode(envelope),
                )
            )

    def _relay_batch(self, publisher: Publisher, channel: object) -> int:
        """Publish the oldest rows; return how many were taken."""
        with self._database.engine.connect() as connection:
            rows = outbox.take(connection, BATCH)
            if not rows:
                return 0
            outcome = publisher.publish(
                Publication(
                    key=row.id,
                    exchange=row.exchange,
                    routing_key=row.routing_key,
                    message_id=str(row.event_id),
                    body=row.body,
                )
                for row in rows
            )
            unwanted = self._forgettable(outcome.unrouted, channel)
            outbox.delete(connection, [*outcome.confirmed, *unwanted])
            connection.commit()
        metrics.OUTBOX_PUBLISHED.inc(len(outcome.confirmed))
        return len(rows)

    def _forgettable(self, unrouted: list[Publication], channel: object) -> list[int]:
        """Return the rows that nobody subscribes to; where a queue should have been, make it exist again."""
        unwanted = []
        for publication in unrouted:
            event = publication.routing_key.rpartition(".")[2]
            metrics.OUTBOX_UNROUTED.labels(event).inc()
            if event in _WANTED:
                log.error("queue_missing", event_type=event)
                topology.declare(channel)
            else:
                unwanted.append(publication.key)
        return unwanted

    def _measure(self) -> None:
        try:
            with self._database.engine.connect() as connection:
                waiting, oldest_seconds = outbox.state(connection)
        except SQLAlchemyError as reason:
            log.warning("outbox_unreadable", reason=str(reason))
            return
        metrics.OUTBOX_WAITING.set(waiting)
        metrics.OUTBOX_OLDEST_SECONDS.set(oldest_seconds)
