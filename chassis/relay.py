"""The outbox relay: publishes what is committed, and forgets it only when the broker has confirmed.

    commit ──▶ fresh events, in memory ──┐
    outbox ──▶ events left behind ───────┴─▶ publish ─▶ broker confirms ─▶ rows deleted

It runs in every service process, and ends when nobody there commits any more. A commit's events go out from
memory at once, or as soon as those who wait for an answer are served (`precedence.py`). Events that were left
behind, by a process that died or while the broker was away, are taken from the table: all of them when a
connection begins, and those that are older than a moment every second. Rows are taken with SKIP LOCKED, so
relays share that work. Confirms are pipelined: a batch is sent in one go, and while the broker confirms it
the next one is sent.

A row is published again when its first publication is not confirmed in time; the inbox of who consumes
it knows.

Transient events (`durable = False`) go out on the same connection without confirm; of those that
wait, only the latest of each subject is sent.
"""

import math
import time
from collections import deque
from contextlib import ExitStack, suppress
from dataclasses import dataclass

import eventlet
import sqlalchemy
from eventlet.queue import Empty, LightQueue
from kombu import Connection
from sqlalchemy.exc import SQLAlchemyError

from chassis import metrics, outbox, topology
from chassis.broker import BrokerLoop
from chassis.database import Committed, Database
from chassis.log import get_logger
from chassis.precedence import LONGEST_SECONDS, Precedence
from chassis.publication import Publication
from chassis.publisher import Batch, Publisher
from contracts.envelope import Envelope, encode
from contracts.events import SUBSCRIPTIONS, Event

log = get_logger(__name__)

BATCH = 500
POLL_SECONDS = 1.0
FORGET_SECONDS = 0.1
"""Rows of what the broker has confirmed are deleted so late at most: together, where there are many."""
LEFT_BEHIND_SECONDS = LONGEST_SECONDS + 2.0
"""After this long any relay takes an event: who committed it has it no more, or is slow."""
_MOST_FRESH = 2000
"""More events than this are not kept in memory: they are taken from the table, a batch at a time."""

_WANTED = frozenset(event_type.__name__ for wanted in SUBSCRIPTIONS.values() for event_type in wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """A batch on its way; where its rows were taken from the table, the transaction that locks them."""

    batch: Batch
    keys: frozenset[int]
    lock: sqlalchemy.Connection | None = None


class Relay:
    """Moves events from one database's commits to the broker."""

    def __init__(self, database: Database, amqp_url: str, precedence: Precedence) -> None:
        self.loop = BrokerLoop(amqp_url, "relay", self._work)
        self._database = database
        self._woken: LightQueue[None] = LightQueue(1)
        self._transient: dict[tuple[str, str], Envelope[Event]] = {}
        self._precedence = precedence
        precedence.on_rest = self._wake
        for event in _WANTED:
            metrics.OUTBOX_UNROUTED.labels(event)  # at 0, so that a first one is an increase
        self._fresh: deque[Publication] = deque()
        self._fresh_since = 0.0
        self._on_their_way: deque[_Sent] = deque()
        self._done: list[int] = []
        self._done_since = 0.0
        self._is_behind = True
        self._look_at = 0.0

    def committed(self, committed: Committed) -> None:
        """Hear of a commit, and let its events go out."""
        for envelope in committed.transient:
            subject = (envelope.type, envelope.data.event_subject)
            waiting = self._transient.get(subject)
            if waiting is None or waiting.data.version <= envelope.data.version:
                self._transient[subject] = envelope
        if self.loop.connected and len(self._fresh) + len(committed.kept) <= _MOST_FRESH:
            if not self._fresh:
                self._fresh_since = time.monotonic()
            self._fresh.extend(committed.kept)
        elif committed.kept:
            self._is_behind = True
        if committed.kept or committed.transient:
            self._wake()

    def stop(self) -> None:
        """Return when what was committed here is published and forgotten, whoever had gone first.

        What was left behind stays in the outbox, and so does everything when the broker is away.
        """
        self.loop.stop()
        self._wake()
        self.loop.wait_for_end()

    def _wake(self) -> None:
        if self._woken.empty():
            self._woken.put_nowait(None)

    def _work(self, connection: Connection) -> None:
        channel = connection.channel()
        topology.declare(channel)
        publisher = Publisher(connection)
        self._fresh.clear()
        self._is_behind = True
        self.loop.ready()
        while not self.loop.stopping:
            try:
                self._relay(connection, publisher, channel)
            except SQLAlchemyError as reason:
                log.warning("outbox_unreadable", reason=str(reason))
                self._is_behind = True
                eventlet.sleep(POLL_SECONDS)

    def _relay(self, connection: Connection, publisher: Publisher, channel: object) -> None:
        """Relay until told to stop and done; two batches are on their way when there is so much."""
        try:
            while not self.loop.stopping or self._has_work():
                self._send_transient(publisher)
                if self._forget_wait() <= 0:
                    self._forget_done()
                is_sent = self._take_and_send(publisher) or self._send_fresh(publisher)
                if len(self._on_their_way) == 2 or (self._on_their_way and not is_sent):
                    self._see_off(self._on_their_way[0], publisher, channel)
                elif not is_sent:
                    self._wait(connection)
        finally:
            for sent in self._on_their_way:
                if sent.lock is not None:
                    sent.lock.close()
            self._on_their_way.clear()

    def _has_work(self) -> bool:
        return bool(self._transient or self._fresh or self._on_their_way or self._done)

    def _wait(self, connection: Connection) -> None:
        """Read what the broker said (it confirms transient messages too), and wait for a commit."""
        self.loop.tend(connection)
        look_wait = self._look_at - time.monotonic()
        with suppress(Empty):
            self._woken.get(timeout=max(0.0, min(look_wait, self._fresh_wait(), self._forget_wait())))
        eventlet.sleep(0)  # the answer of who committed leaves first

    def _forget_wait(self) -> float:
        """Return for how many seconds the rows of what is confirmed may lie."""
        if not self._done:
            return math.inf
        if self.loop.stopping or len(self._done) >= BATCH:
            return 0.0
        return self._done_since + FORGET_SECONDS - time.monotonic()

    def _fresh_wait(self) -> float:
        """Return for how many seconds what was committed here stays back."""
        if self.loop.stopping:
            return 0.0
        return self._precedence.seconds_left(self._fresh_since) if self._fresh else math.inf

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

    def _send_fresh(self, publisher: Publisher) -> bool:
        """Send what was committed here; false when there is nothing, or others go first."""
        if self._fresh_wait() > 0:
            return False
        publications = [self._fresh.popleft() for _ in range(min(BATCH, len(self._fresh)))]
        if publications:
            self._send(publisher, publications)
        return bool(publications)

    def _take_and_send(self, publisher: Publisher) -> bool:
        """Lock the oldest rows that were left behind and send them; false when there are none, or not yet."""
        if self.loop.stopping or (not self._is_behind and time.monotonic() < self._look_at):
            return False
        was_behind, self._is_behind = self._is_behind, False
        in_hand = frozenset().union(*(sent.keys for sent in self._on_their_way))
        with ExitStack() as until_sent:
            lock = until_sent.enter_context(self._database.engine.connect())
            rows = outbox.take(
                lock,
                BATCH,
                least_age_seconds=0 if was_behind else LEFT_BEHIND_SECONDS,
                in_hand=in_hand.union(self._done, (publication.key for publication in self._fresh)),
            )
            if rows:
                self._send(publisher, rows, lock)
                until_sent.pop_all()
        if len(rows) == BATCH:
            self._is_behind |= was_behind
        else:
            self._look_at = time.monotonic() + POLL_SECONDS
        return bool(rows)

    def _send(
        self, publisher: Publisher, publications: list[Publication], lock: sqlalchemy.Connection | None = None
    ) -> None:
        batch = publisher.send(publications)
        keys = frozenset(publication.key for publication in publications)
        self._on_their_way.append(_Sent(batch=batch, keys=keys, lock=lock))

    def _see_off(self, sent: _Sent, publisher: Publisher, channel: object) -> None:
        """Wait for a batch's confirms, and let its rows go: at once where they were locked."""
        publisher.wait_for(sent.batch)
        done = [*sent.batch.confirmed, *self._forgettable(sent.batch.unrouted, channel)]
        if sent.lock is not None:
            with sent.lock as database:
                outbox.delete(database, done)
                database.commit()
        elif done:
            if not self._done:
                self._done_since = time.monotonic()
            self._done += done
        self._on_their_way.remove(sent)
        metrics.OUTBOX_PUBLISHED.inc(len(sent.batch.confirmed))

    def _forget_done(self) -> None:
        """Delete the rows of what is confirmed, without a transaction around the one statement."""
        with self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as database:
            outbox.delete(database, self._done)
        self._done = []

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
            eventlet.sleep(POLL_SECONDS)  # the consumers are told first: event_consumer.IDLE_SECONDS
            topology.declare(channel)
            self._is_behind = True
        return unwanted
