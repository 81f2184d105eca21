"""What happens to an event whose handler failed: later attempts, then the parked queue; and the way back.

A message carries its attempts in a header of ours, because what the broker's own delivery count counts
differs between its versions. Nothing is acknowledged before its next place has confirmed it.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kombu import Connection, Message

from chassis import metrics
from chassis.broker import connect
from chassis.publication import Publication
from chassis.publisher import Publisher
from chassis.topology import parked_queue, queue_of, retry_queue
from contracts.envelope import split

ATTEMPT_HEADER = "x-antrean-attempt"
_TEXT_LIMIT = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """An event that was given up: the bytes as they came, and why."""

    consumer: str
    event_id: str
    event_type: str
    attempts: int
    reason: str
    parked_at: float
    body: bytes


class Parking:
    """Moves failed messages of one consumer to where they wait."""

    def __init__(self, consumer: str, amqp_url: str, waits_seconds: Sequence[float]) -> None:
        self._consumer = consumer
        self._amqp_url = amqp_url
        self._waits_seconds = waits_seconds

    def put_back(self, message: Message, event_type: str, error: Exception) -> None:
        """Let a message wait for its next attempt, or park it after the last. Raises Broken."""
        attempt = attempts_of(message)
        if attempt > len(self._waits_seconds):
            self.park(message, event_type, f"{type(error).__name__}: {error}")
            return
        queue = retry_queue(self._consumer, self._waits_seconds[attempt - 1])
        self._move(message, queue.name, {ATTEMPT_HEADER: attempt + 1})
        metrics.EVENTS_RETRIED.labels(event_type).inc()

    def split(self, message: Message) -> None:
        """Let each item of a message come again as a message of its own. Raises Broken."""
        with connect(self._amqp_url) as connection:
            publisher, queue = Publisher(connection), queue_of(self._consumer).name
            events = [
                Publication(key=event_id, exchange="", routing_key=queue, message_id=event_id, body=body)
                for event_id, body in split(raw_body(message))
            ]
            if len(publisher.publish(events).confirmed) < len(events):
                raise MoveRefused(queue)

    def park(self, message: Message, event_type: str, reason: str) -> None:
        """Keep a message for the operator. Raises Broken."""
        headers = {
            ATTEMPT_HEADER: attempts_of(message),
            "x-antrean-type": event_type,
            "x-antrean-reason": reason[:_TEXT_LIMIT],
            "x-antrean-parked-at": str(time.time()),
        }
        self._move(message, parked_queue(self._consumer).name, headers)
        metrics.EVENTS_PARKED.labels("undecodable" if event_type == "" else "failed").inc()

    def _move(self, message: Message, queue: str, headers: dict[str, Any]) -> None:
        with connect(self._amqp_url) as connection:
            _send_to(Publisher(connection), queue, message, headers)


def attempts_of(message: Message) -> int:
    """Return which attempt this delivery is, from 1."""
    attempt = message.headers.get(ATTEMPT_HEADER)
    return attempt if isinstance(attempt, int) and attempt > 0 else 1


def raw_body(message: Message) -> bytes:
    """Return the bytes of a message as they came; py-amqp gives an empty body as text."""
    body = message.body
    return body.encode() if isinstance(body, str) else bytes(body)


def parked(amqp_url: str, consumer: str) -> list[Parked]:
    """Look at a consumer's parked events without taking them."""
    with connect(amqp_url) as connection:
        return [_describe(consumer, message) for message in _each(connection, consumer)]


def replay(amqp_url: str, consumer: str, event_id: str | None = None) -> int:
    """Put parked events (all, or one) back into the consumer's queue as new; return how many."""
    moved = 0
    with connect(amqp_url) as connection:
        publisher = Publisher(connection)
        for message in _each(connection, consumer):
            if event_id in {None, message.properties.get("message_id")}:
                _send_to(publisher, f"antrean.{consumer}", message, {})
                message.ack()
                moved += 1
    return moved


def _each(connection: Connection, consumer: str) -> Iterator[Message]:
    """Yield every message that is parked now; what is not acknowledged stays when the connection closes."""
    queue = parked_queue(consumer)(connection.channel())
    _name, count, _consumers = queue.queue_declare(passive=True)
    for _ in range(count):
        message = queue.get(accept=None)
        if message is None:
            return
        yield message


def _send_to(publisher: Publisher, queue: str, message: Message, headers: dict[str, Any]) -> None:
    publication = Publication(
        key=queue,
        exchange="",
        routing_key=queue,
        message_id=str(message.properties.get("message_id", "")),
        body=raw_body(message),
        headers=headers,
    )
    outcome = publisher.publish([publication])
    if not outcome.confirmed:
        raise MoveRefused(queue)


class MoveRefused(Exception):
    """The broker did not take a message into a queue; it stays where it was."""


def _describe(consumer: str, message: Message) -> Parked:
    headers = message.headers
    return Parked(
        consumer=consumer,
        event_id=str(message.properties.get("message_id", "")),
        event_type=str(headers.get("x-antrean-type", "")),
        attempts=attempts_of(message),
        reason=str(headers.get("x-antrean-reason", "")),
        parked_at=float(headers.get("x-antrean-parked-at", 0.0)),
        body=raw_body(message),
    )
