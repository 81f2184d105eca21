"""A service reduced to its wire: takes requests from real queues and answers what the test says."""

import threading
from collections.abc import Callable, Mapping
from typing import Any

import orjson
import pika
from pika.adapters.blocking_connection import BlockingChannel

from contracts import schema
from contracts.refusals import Refused
from contracts.requests import Request

Answer = Callable[[Any], object]
"""Takes the request, returns its result or a Refused, or None for no answer at all."""


class Responder:
    """Answers requests in a thread of its own until it is stopped; keeps every message it took."""

    def __init__(self, amqp_url: str, answers: Mapping[type[Request[Any]], Answer]) -> None:
        self.messages: list[list[dict[str, Any]]] = []
        self.expirations: list[int] = []
        self._url = amqp_url
        self.answers = dict(answers)
        self._stopping = threading.Event()
        self._serving = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Responder":
        self._thread.start()
        assert self._serving.wait(60)
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join(10)

    def _run(self) -> None:
        connection = pika.BlockingConnection(pika.URLParameters(self._url))
        channel = connection.channel()
        for request_type in self.answers:
            channel.queue_declare(request_type.queue(), durable=True)
            channel.basic_consume(request_type.queue(), self._taker(request_type), auto_ack=True)
        self._serving.set()
        while not self._stopping.is_set():
            connection.process_data_events(time_limit=0.02)
        connection.close()

    def _taker(self, request_type: type[Request[Any]]) -> Callable[..., None]:
        def take(
            channel: BlockingChannel, _method: Any, properties: pika.BasicProperties, body: bytes
        ) -> None:
            items = orjson.loads(body)["requests"]
            self.messages.append(items)
            self.expirations.append(int(properties.expiration))
            replies = [reply for item in items if (reply := self._reply(request_type, item)) is not None]
            if replies:
                channel.basic_publish("", properties.reply_to, orjson.dumps({"replies": replies}))

        return take

    def _reply(self, request_type: type[Request[Any]], item: dict[str, Any]) -> dict[str, Any] | None:
        outcome = self.answers[request_type](schema.load(request_type, item["data"]))
        if outcome is None:
            return None
        if isinstance(outcome, Refused):
            return {"id": item["id"], "refused": {"code": outcome.code, "data": outcome.data}}
        return {"id": item["id"], "result": schema.dump(outcome)}


def declare(amqp_url: str, request_type: type[Request[Any]]) -> None:
    """Make a request's queue, as a service does that has run once and is down now."""
    connection = pika.BlockingConnection(pika.URLParameters(amqp_url))
    connection.channel().queue_declare(request_type.queue(), durable=True)
    connection.close()


def waiting(amqp_url: str, request_type: type[Request[Any]]) -> int:
    """Count the messages in a request's queue."""
    connection = pika.BlockingConnection(pika.URLParameters(amqp_url))
    declared = connection.channel().queue_declare(request_type.queue(), passive=True)
    connection.close()
    return int(declared.method.message_count)
