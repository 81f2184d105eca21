"""Speak to the services over RabbitMQ as the gateway and the other services do, with plain pika."""

import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

import orjson
import pika
import pytest
from pika.adapters.blocking_connection import BlockingChannel

from contracts import schema
from contracts.envelope import Envelope, decode_together, enclose, encode, encode_together
from contracts.events import Event
from contracts.refusals import RemoteRefusal
from contracts.requests import Request
from contracts.trace import new_traceparent
from tests.processes import wait_until

R = TypeVar("R")


class Wire:
    """A test's own connection to the broker."""

    def __init__(self, amqp_url: str) -> None:
        self.amqp_url = amqp_url
        self._connection = pika.BlockingConnection(pika.URLParameters(amqp_url))
        self.channel: BlockingChannel = self._connection.channel()
        self._replies: dict[str, dict[str, Any]] = {}
        self.channel.basic_consume("amq.rabbitmq.reply-to", self._on_reply, auto_ack=True)

    def ask(self, request: Request[R], *, seconds: float = 60) -> R:
        """Ask a service and wait for its answer; a refusal is raised as RemoteRefusal."""
        return self.ask_all([request], seconds=seconds)[0]

    def ask_all(self, requests: list[Request[R]], *, seconds: float = 60) -> list[R]:
        """Send requests of one type as one message; return all results, or raise the first refusal."""
        return [self._result(request, reply) for request, reply in self.answers(requests, seconds=seconds)]

    def answers(
        self, requests: list[Request[R]], *, seconds: float = 60
    ) -> list[tuple[Request[R], dict[str, Any]]]:
        """Send requests of one type as one message; return each with its raw reply."""
        ids = [uuid.uuid4().hex for _ in requests]
        self.send_raw(
            requests[0].queue(), self.request_body(requests, ids=ids, seconds=seconds), seconds=seconds
        )
        self.wait_for(lambda: all(request_id in self._replies for request_id in ids), seconds=seconds)
        return [
            (request, self._replies.pop(request_id))
            for request_id, request in zip(ids, requests, strict=True)
        ]

    @staticmethod
    def request_body(
        requests: Sequence[Request[Any]], *, ids: Sequence[str] = (), seconds: float = 60
    ) -> bytes:
        """Write requests of one type as the body of one message."""
        items = [
            {
                "id": request_id,
                "deadline": time.time() + seconds,
                "traceparent": new_traceparent(),
                "data": schema.dump(request),
            }
            for request_id, request in zip(ids or map(str, range(len(requests))), requests, strict=True)
        ]
        return orjson.dumps({"requests": items})

    def send_raw(self, queue: str, body: bytes, *, seconds: float = 60) -> None:
        """Send a request message of any content."""
        properties = pika.BasicProperties(
            reply_to="amq.rabbitmq.reply-to", expiration=str(int(seconds * 1000))
        )
        self.channel.basic_publish("", queue, body, properties)

    def take_reply(self, request_id: str, into: list[bytes]) -> bool:
        """Move the raw reply of a request, if it has come, into a list."""
        if request_id in self._replies:
            into.append(orjson.dumps(self._replies.pop(request_id)))
        return bool(into)

    def publish(self, *events: Event, traceparent: str | None = None) -> list[Envelope[Event]]:
        """Publish events as their producer would."""
        envelopes = [
            enclose(event, now=datetime.now(UTC), traceparent=traceparent or new_traceparent())
            for event in events
        ]
        self.publish_again(*envelopes)
        return envelopes

    def publish_again(self, *envelopes: Envelope[Event]) -> None:
        """Publish these very envelopes, as a relay does that crashed before it could forget them."""
        for envelope in envelopes:
            properties = pika.BasicProperties(message_id=envelope.id, delivery_mode=2)
            self.channel.basic_publish(
                envelope.data.exchange, envelope.routing_key, encode(envelope), properties
            )

    def publish_together(self, *events: Event) -> list[Envelope[Event]]:
        """Publish events that go the same way as one message, as a relay does with those of a transaction."""
        envelopes = [enclose(event, now=datetime.now(UTC), traceparent=new_traceparent()) for event in events]
        first, body = envelopes[0], encode_together(envelopes)
        properties = pika.BasicProperties(message_id=first.id, delivery_mode=2)
        self.channel.basic_publish(first.data.exchange, first.routing_key, body, properties)
        return envelopes

    def listen(self, *patterns: str, exchange: str = "antrean.events") -> "Listener":
        """Begin to collect the events whose routing keys match, from now on."""
        self.channel.exchange_declare(exchange, "topic", durable=True)
        queue = self.channel.queue_declare("", exclusive=True).method.queue
        for pattern in patterns:
            self.channel.queue_bind(queue, exchange, pattern)
        return Listener(self, queue)

    def wait_for(self, condition: Callable[[], object], *, seconds: float = 60) -> None:
        """Serve the connection until a condition holds; fail the test after the deadline."""

        def holds() -> object:
            self._connection.process_data_events(time_limit=0)
            return condition()

        wait_until(holds, seconds=seconds)

    def queue_length(self, queue: str) -> int:
        """Count the messages that are ready in a queue."""
        return int(self.channel.queue_declare(queue, passive=True).method.message_count)

    def close(self) -> None:
        """Close the connection."""
        if self._connection.is_open:
            self._connection.close()

    def _on_reply(self, _channel: object, _method: object, _properties: object, body: bytes) -> None:
        for reply in orjson.loads(body)["replies"]:
            self._replies[reply["id"]] = reply

    def _result(self, request: Request[R], reply: dict[str, Any]) -> R:
        if "refused" in reply:
            raise RemoteRefusal(reply["refused"]["code"], reply["refused"]["data"])
        result: R = schema.load(type(request).result, reply["result"])
        return result


class Listener:
    """A private queue that collects events."""

    def __init__(self, wire: Wire, queue: str) -> None:
        self._wire = wire
        self.envelopes: list[Envelope[Event]] = []
        wire.channel.basic_consume(queue, self._on_event, auto_ack=True)

    @property
    def events(self) -> list[Event]:
        """What was heard so far, in order."""
        return [envelope.data for envelope in self.envelopes]

    def wait_for(self, count: int) -> list[Event]:
        """Wait until so many events have been heard, and return them."""
        self._wire.wait_for(lambda: len(self.envelopes) >= count)
        return self.events

    def _on_event(self, _channel: object, _method: object, _properties: object, body: bytes) -> None:
        self.envelopes += decode_together(body)


@contextmanager
def open_wire(amqp_url: str) -> Iterator[Wire]:
    """Open a connection for the block."""
    wire = Wire(amqp_url)
    try:
        yield wire
    finally:
        wire.close()


@pytest.fixture
def wire(vhost: str) -> Iterator[Wire]:
    """A connection to the test's own virtual host."""
    with open_wire(vhost) as opened:
        yield opened
