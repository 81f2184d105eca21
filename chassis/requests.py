"""The request entrypoints: `@answers(ScanTicket)`, and for hot paths `answers_batch` (`request_batches.py`).

    gateway ── one message, up to 64 requests ──▶ antrean.<service>.<Request>
                                                    │ overdue ones are dropped, now and when their turn comes
                                                    ▼
                         answers: a transaction each        answers_batch: one transaction for all
                                                    │       that wait, whichever message they came in
                                                    │
    gateway ◀── direct reply-to, result or refusal of each ── replier

A message is acknowledged when its requests are answered. One that the broker hands out again (the
process before died over it) is worked on only if doing it twice does no harm (`repeatable`).
"""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import eventlet
import orjson
from kombu import Connection, Consumer, Message, Queue
from nameko.extensions import Entrypoint, SharedExtension

from chassis import metrics
from chassis.asked import Asked, Item
from chassis.broker import CHANNEL_ERRORS, Broken, BrokerLoop, broken_means_broken
from chassis.database import Transaction
from chassis.database_errors import came_second, is_away
from chassis.log import get_logger, traced
from chassis.ops import OpsServer
from chassis.replies import Replier, Reply
from chassis.service import Platform
from contracts import schema
from contracts.refusals import (
    InternalFault,
    InvalidRequest,
    OutcomeUnknown,
    Refused,
    ServiceUnavailable,
)
from contracts.requests import Request

log = get_logger(__name__)

F = TypeVar("F", bound=Callable[..., object])

_MESSAGES_IN_HAND = 8
_LOOK_SECONDS = 2.0
"""So often is looked whether a queue that could not be had is there."""
ATTEMPTS = 3
"""So often is worked on what another transaction came before; each time that one's effect is in sight."""


class RequestServer(SharedExtension):
    """The service's one connection for requests; each request type has a queue and a channel of its own."""

    platform = Platform()
    ops = OpsServer()

    loop: BrokerLoop
    replier: Replier

    def __init__(self) -> None:
        self._answerers: list[Answers] = []
        self._in_hand = 0

    def register(self, answerer: "Answers") -> None:
        """Let a method have the requests of its type; methods do so in their `setup`."""
        self._answerers.append(answerer)

    def start(self) -> None:
        """Begin to serve."""
        amqp_url = self.platform.settings.amqp_url
        self.replier = Replier()
        self.loop = BrokerLoop(amqp_url, "requests", self._work)
        self.ops.add_check("requests", lambda: self.loop.connected)
        self.container.spawn_managed_thread(self.replier.run)
        self.container.spawn_managed_thread(self.loop.run)

    def stop(self) -> None:
        """Take no more requests, and wait until those in hand are answered."""
        self.loop.stop()
        self.loop.wait_for_end()
        while self._in_hand:
            eventlet.sleep(0.01)
        self.replier.stop()

    def _work(self, connection: Connection) -> None:
        self.replier.use(connection.channel())  # before the first request can arrive
        consumers: list[Consumer] = []
        away = self._consume(connection, self._answerers, consumers)
        self.loop.ready()
        look_at = time.monotonic() + _LOOK_SECONDS
        while not self.loop.stopping:
            self.loop.drain(connection)
            if away and time.monotonic() > look_at:
                away = self._consume(connection, away, consumers)
                look_at = time.monotonic() + _LOOK_SECONDS
        for consumer in consumers:
            consumer.cancel()
        while self._in_hand or not self.replier.idle:
            self.loop.drain(connection)

    def _consume(
        self, connection: Connection, answerers: "Sequence[Answers]", consumers: list[Consumer]
    ) -> "list[Answers]":
        """Take requests of these; return those whose queue cannot be had, which keeps no other from working.

        A queue of requests is on one node of the broker, and cannot be declared while that one is away.
        """
        away = []
        for answerer in answerers:
            try:
                consumer = self._consumer(connection, answerer)
                consumer.consume()
            except CHANNEL_ERRORS as reason:
                log.warning("request_queue_away", request=answerer.request_type.__name__, reason=str(reason))
                away.append(answerer)
            else:
                consumers.append(consumer)
        return away

    def _consumer(self, connection: Connection, answerer: "Answers") -> Consumer:
        queue = Queue(answerer.request_type.queue(), durable=True)
        return Consumer(
            connection.channel(),
            [queue],
            on_message=lambda message: self._take(answerer, message),
            on_decode_error=lambda message, _error: self._take(answerer, message),
            accept=None,
            prefetch_count=_MESSAGES_IN_HAND,
        )

    def _take(self, answerer: "Answers", message: Message) -> None:
        self._in_hand += 1
        self.container.spawn_managed_thread(lambda: self._settle(answerer, message), identifier="request")

    def _settle(self, answerer: "Answers", message: Message) -> None:
        try:
            answerer.answer(self._read(answerer, message))
            with broken_means_broken():
                message.ack()
        except Broken as reason:
            log.warning("request_not_acknowledged", reason=str(reason.__cause__))
        finally:
            self._in_hand -= 1

    def _read(self, answerer: "Answers", message: Message) -> list[Asked]:
        """Return the requests of a message that are to be worked on; answer at once those that are not."""
        request_type = answerer.request_type
        again = message.delivery_info.get("redelivered", False) and not request_type.repeatable
        try:
            reply_to = message.properties["reply_to"]
            items = [Item(**item) for item in orjson.loads(message.body)["requests"]]
        except (ValueError, TypeError, LookupError) as reason:
            log.error("request_unreadable", request=request_type.__name__, reason=str(reason))
            return []
        asked: list[Asked] = []
        for item in items:
            if item.deadline < time.time():
                metrics.REQUESTS_EXPIRED.labels(request_type.__name__).inc()
            elif again:
                self.replier.send(Reply.refusal(reply_to, item.id, OutcomeUnknown()))
            else:
                asked.extend(self._checked(request_type, reply_to, item))
        return asked

    def _checked(self, request_type: type[Request[Any]], reply_to: str, item: Item) -> Iterator[Asked]:
        try:
            command = schema.load(request_type, item.data)
        except schema.InvalidMessage as invalid:
            faults = [{"pointer": fault.pointer, "code": fault.code} for fault in invalid.faults]
            self.replier.send(Reply.refusal(reply_to, item.id, InvalidRequest(faults=faults)))
        else:
            yield Asked(
                id=item.id,
                reply_to=reply_to,
                deadline=item.deadline,
                traceparent=item.traceparent,
                command=command,
            )


class Answers(Entrypoint):
    """A method that is called with (transaction, command), in a transaction for each."""

    server = RequestServer()
    platform = Platform()

    def __init__(self, request_type: type[Request[Any]], **options: Any) -> None:
        self.request_type = request_type
        super().__init__(expected_exceptions=(Refused,), **options)

    def setup(self) -> None:
        """Tell the server which requests this method answers."""
        self.server.register(self)

    def stop(self) -> None:
        """Return when no request is in hand; nameko stops what they need after its entrypoints."""
        self.server.stop()

    def answer(self, asked: Sequence[Asked]) -> None:
        """Work on requests side by side and send what came of each."""
        threads = [eventlet.spawn(self._answer_one, one) for one in asked]
        for thread in threads:
            thread.wait()

    def _answer_one(self, asked: Asked) -> None:
        begun = time.perf_counter()
        with self.platform.turns:
            if asked.is_overdue():
                return
            with traced(asked.traceparent, request=self.request_type.__name__):
                outcome = self._outcome_of(asked)
        self._reply(asked, outcome, begun)

    def _outcome_of(self, asked: Asked) -> object:
        attempts_left = ATTEMPTS
        while True:
            attempts_left -= 1
            try:
                with self.platform.database.transaction(traceparent=asked.traceparent) as transaction:
                    return self._call(transaction, asked.command)
            except Refused as refused:
                return refused
            except Exception as error:  # the asker gets an answer whatever went wrong
                if not (attempts_left and came_second(error)):
                    log.exception("request_failed")
                    return self._told_of(error)

    def _told_of(self, error: Exception) -> Refused:
        """Choose what the asker hears; a connection lost in the commit leaves open whether it took effect."""
        if not is_away(error):
            return InternalFault()
        return ServiceUnavailable() if self.request_type.repeatable else OutcomeUnknown()

    def _call(self, transaction: Transaction, command: Any) -> Any:
        return self.platform.call(self, transaction, command)

    def _reply(self, asked: Asked, outcome: object, begun: float) -> None:
        name = self.request_type.__name__
        if isinstance(outcome, Refused):
            label, reply = outcome.code, Reply.refusal(asked.reply_to, asked.id, outcome)
        else:
            label, reply = "done", Reply.result(asked.reply_to, asked.id, outcome)
        metrics.REQUEST_SECONDS.labels(name, label).observe(time.perf_counter() - begun)
        self.server.replier.send(reply)


def answers(request_type: type[Request[Any]]) -> Callable[[F], F]:
    """Let a service's method answer requests of this type, each in a transaction of its own."""
    return Answers.decorator(request_type)  # type: ignore[no-any-return]
