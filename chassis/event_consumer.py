"""The one consumer of a service: takes events from its queue and brings each to its end.

    messages ─▶ decode ─▶ transaction { inbox, handlers, outbox } ─▶ commit ─▶ acks
                  │                         │
                  │ undecodable             └─ fails: each message alone
                  ├─ in part: each event         ├─ database away: wait for it, try again
                  │  comes again alone           ├─ has several events: each comes again as a message
                  ▼                              └─ handler raises: wait 5 s, 30 s, 5 min, then parked
                parked

All handlers of a service share the one queue of the service. What waits when a transaction begins shares
it, so a rush costs few commits. Replicas and second attempts change the order of events, so nothing may
depend on it: compare versions.
"""

import time
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, Protocol

import eventlet
from eventlet.semaphore import Semaphore
from kombu import Connection, Consumer, Message
from nameko.extensions import SharedExtension

from chassis import inbox, metrics, topology
from chassis.arrived import Arrived
from chassis.broker import Broken, BrokerLoop, broken_means_broken
from chassis.database import Transaction
from chassis.database_errors import is_away, is_conflict
from chassis.log import get_logger, traced
from chassis.ops import OpsServer
from chassis.parking import MoveRefused, Parking
from chassis.service import Platform
from contracts.envelope import Envelope
from contracts.events import SUBSCRIPTIONS, Event

log = get_logger(__name__)

IDLE_SECONDS = 10.0
"""A consumer that has heard nothing for so long subscribes anew, on a new channel.

When a quorum queue is deleted and at once declared again, RabbitMQ 3.10 moves its consumers to the new
queue without a word, counts events as delivered to them, and never sends one (59 of 60 times).
"""

MOST_TOGETHER = 256
"""So many events share a transaction, and those that came in one message with them."""
_PREFETCH = 128

LINGER_SECONDS = 0.15
"""An event waits this long for others to share its transaction, and lets those go first whom a person waits
for: requests, and a call on its way to the boards.
"""
SPACING_SECONDS = 0.5
"""Where events keep coming, their transactions begin so far apart: ten scans together cost a board, a phone
and a booking little more than one.
"""


class HandlersMismatch(Exception):
    """The service's handlers are not what contracts.events.SUBSCRIPTIONS says of it."""


class Handler(Protocol):
    """What takes events of some types."""

    event_types: Sequence[type[Event]]

    def handle(self, whole: Transaction, envelopes: Sequence[Envelope[Event]]) -> None:
        """Let events take effect in a transaction."""
        ...


class EventConsumer(SharedExtension):
    """The service's one consumer; hands each event to the method that handles its type."""

    platform = Platform()
    ops = OpsServer()

    loop: BrokerLoop

    def __init__(self) -> None:
        self._handlers: dict[type[Event], Handler] = {}
        self._in_hand = 0
        self._last_heard = 0.0
        self._last_begun = -SPACING_SECONDS
        self._waiting: deque[Arrived] = deque()
        self._events_waiting = 0
        self._turn = Semaphore(1)

    def register(self, handler: "Handler") -> None:
        """Let a handler have the events of its types; handlers do so in their `setup`."""
        self._handlers.update(dict.fromkeys(handler.event_types, handler))

    def start(self) -> None:
        """Begin to consume. Raises HandlersMismatch unless exactly the subscribed events have handlers."""
        self._consumer = self.container.service_name
        if set(self._handlers) != set(SUBSCRIPTIONS[self._consumer]):
            raise HandlersMismatch(self._consumer)
        amqp_url, self._waits = self.platform.settings.amqp_url, self.platform.settings.retry_seconds
        self._parking = Parking(self._consumer, amqp_url, self._waits)
        self.loop = BrokerLoop(amqp_url, "events", self._work)
        self.ops.add_check("events", lambda: self.loop.connected)
        self.container.spawn_managed_thread(self.loop.run)

    def stop(self) -> None:
        """Take no more events, and wait for those in hand."""
        self.loop.stop()
        self.loop.wait_for_end()
        while self._in_hand:
            eventlet.sleep(0.01)

    def _work(self, connection: Connection) -> None:
        while not self.loop.stopping:
            channel = connection.channel()
            self._consume(connection, channel)
            channel.close()

    def _consume(self, connection: Connection, channel: Any) -> None:
        """Take events until told to stop, or until none has come for IDLE_SECONDS."""
        topology.declare(channel)
        topology.declare_retries(channel, self._consumer, self._waits)
        channel.auto_decode = False  # the bytes as they came
        queue = topology.queue_of(self._consumer)
        consumer = Consumer(
            channel,
            [queue],
            on_message=self._take,
            on_decode_error=lambda message, _error: self._take(message),
            accept=None,
            prefetch_count=_PREFETCH,
        )
        self._last_heard = time.monotonic()
        with consumer:
            self.loop.ready()
            while not (self.loop.stopping or self._is_idle()):
                self.loop.drain(connection)
        while self._in_hand:
            self.loop.drain(connection)

    def _is_idle(self) -> bool:
        return not self._in_hand and time.monotonic() - self._last_heard > IDLE_SECONDS

    def _take(self, message: Message) -> None:
        arrived = Arrived.read(message)
        self._in_hand += 1
        self._last_heard = arrived.at
        self._waiting.append(arrived)
        self._events_waiting += len(arrived.envelopes)
        self.container.spawn_managed_thread(self._settle_waiting, identifier="events")

    def _settle_waiting(self) -> None:
        """Bring to their end all messages that wait, together where that works, else each alone.

        One transaction at a time: two could wait for each other's rows.
        """
        with self._turn:
            self._linger()
            taken = list(self._take_waiting())
            if taken:
                self._last_begun = time.monotonic()
            for arrived in taken if len(taken) < 2 else self._process_together(taken):
                self._settle(arrived)

    def _linger(self) -> None:
        """Wait until the oldest event has lingered, apart from those before; not where enough is to do."""
        while self._waiting and self._events_waiting < MOST_TOGETHER:
            begins_at = max(self._waiting[0].at + LINGER_SECONDS, self._last_begun + SPACING_SECONDS)
            left_seconds = begins_at - time.monotonic()
            if left_seconds <= 0:
                break
            eventlet.sleep(min(left_seconds, LINGER_SECONDS))

    def _take_waiting(self) -> Iterator[Arrived]:
        """Take messages until they have as many events as shall share a transaction."""
        events = 0
        while self._waiting and events < MOST_TOGETHER:
            arrived = self._waiting.popleft()
            events += len(arrived.envelopes)
            self._events_waiting -= len(arrived.envelopes)
            yield arrived

    def _process_together(self, taken: Sequence[Arrived]) -> Sequence[Arrived]:
        """Work on messages in one transaction and acknowledge them; return those that are not done."""
        envelopes = [envelope for arrived in taken for envelope in arrived.envelopes]
        if any(arrived.fault for arrived in taken):
            return taken
        try:
            with self.platform.turns:
                self._apply(envelopes)
        except Exception as error:  # noqa: BLE001  it comes up again when each is worked on alone
            log.info("messages_taken_one_by_one", count=len(taken), reason=type(error).__name__)
            return taken
        self._acknowledge(taken[-1].message, all_before=True)
        self._in_hand -= len(taken)
        return ()

    def _settle(self, arrived: Arrived) -> None:
        """Bring one message to its end and acknowledge it."""
        message = arrived.message
        try:
            self._process(arrived)
            self._acknowledge(message)
        except (Broken, MoveRefused) as reason:
            log.error("event_not_moved", reason=str(reason.__cause__ or reason))
            eventlet.sleep(1)
            self._requeue(message)
        finally:
            self._in_hand -= 1

    def _requeue(self, message: Message) -> None:
        """Let the broker hand a message out again; a connection that is gone does so too."""
        with suppress(Broken), broken_means_broken():
            message.requeue()

    def _acknowledge(self, message: Message, *, all_before: bool = False) -> None:
        """Let the broker forget a message; when that fails it delivers it again.

        Messages are settled in the order in which they came, so those before it are settled too.
        """
        try:
            with broken_means_broken():
                message.ack(multiple=all_before)
        except Broken as reason:
            log.warning("event_not_acknowledged", reason=str(reason.__cause__))

    def _process(self, arrived: Arrived) -> None:
        if arrived.fault is not None:
            log.error("event_undecodable", reason=arrived.fault, in_part=arrived.in_part)
            if arrived.in_part:
                self._parking.split(arrived.message)
            else:
                self._parking.park(arrived.message, "", f"undecodable: {arrived.fault}")
            return
        first = arrived.envelopes[0]
        with traced(first.traceparent, event_type=first.type, event_id=first.id):
            self._handle(arrived)

    def _handle(self, arrived: Arrived) -> None:
        """Let a message take effect, or leave it to later attempts."""
        begun = time.perf_counter()
        while True:
            try:
                with self.platform.turns:
                    return self._apply(arrived.envelopes)
            except Exception as error:
                if is_away(error):
                    self.platform.wait_for_database()
                    continue
                if is_conflict(error):
                    continue
                if len(arrived.envelopes) > 1:
                    return self._parking.split(arrived.message)
                log.exception("event_handler_failed")
                event_type = arrived.envelopes[0].type
                self._parking.put_back(arrived.message, event_type, error)
                metrics.EVENT_SECONDS.labels(event_type, "failed").observe(time.perf_counter() - begun)
                return None

    def _apply(self, envelopes: Sequence[Envelope[Event]]) -> None:
        """Let events take effect, all or none, but those that had it before."""
        begun = time.perf_counter()
        database = self.platform.database
        whole = database.begin()
        try:
            inbox.lock(whole.connection, (envelope.data.event_office or "" for envelope in envelopes))
            new = inbox.remember(whole.connection, [envelope.id for envelope in envelopes])
            outcomes = ["done" if _discard(new, envelope.id) else "duplicate" for envelope in envelopes]
            fresh = [
                envelope for envelope, outcome in zip(envelopes, outcomes, strict=True) if outcome == "done"
            ]
            for handler, handled in self._by_handler(fresh).items():
                handler.handle(whole, handled)
            database.finish(whole)
        finally:
            whole.close()
        each_seconds, now = (time.perf_counter() - begun) / len(envelopes), time.time()
        for envelope, outcome in zip(envelopes, outcomes, strict=True):
            metrics.EVENT_SECONDS.labels(envelope.type, outcome).observe(each_seconds)
            metrics.EVENT_LAG_SECONDS.labels(envelope.type).observe(max(0.0, now - envelope.time.timestamp()))

    def _by_handler(self, envelopes: Sequence[Envelope[Event]]) -> dict["Handler", list[Envelope[Event]]]:
        handled: dict[Handler, list[Envelope[Event]]] = defaultdict(list)
        for envelope in envelopes:
            handled[self._handlers[type(envelope.data)]].append(envelope)
        return handled


def _discard(ids: set[str], event_id: str) -> bool:
    """Take an id out of a set; false when it is not in it."""
    if event_id not in ids:
        return False
    ids.remove(event_id)
    return True
