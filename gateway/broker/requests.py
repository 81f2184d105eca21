"""The Backend over RabbitMQ: requests go to the services' queues, answers come by direct reply-to.

    lane ── {"requests": [...]} ──▶ antrean.<service>.<Request>      default exchange, mandatory
    lane ◀── {"replies": [...]} ──── amq.rabbitmq.reply-to           on the same channel, no ack

A message that comes back as unroutable means that the service has never run: its queue is not there.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import Any, TypeVar

import orjson
from pika import BasicProperties
from pika.channel import Channel
from pika.exceptions import AMQPError

from chassis.log import get_logger
from contracts import schema
from contracts.refusals import InternalFault, RemoteRefusal
from contracts.requests import Request
from gateway.backend import Overloaded, ServiceUnavailable
from gateway.broker.connection import completed
from gateway.broker.lane import Asked, Lane
from gateway.tracing import current_traceparent

REPLY_TO = "amq.rabbitmq.reply-to"

R = TypeVar("R")

log = get_logger(__name__)


class RequestClient:
    """Asks services, each type of request in a lane of its own. A Backend, and a Part of the connection.

    Without a connection, and while the broker blocks publishers, it refuses at once.
    """

    def __init__(self) -> None:
        self._channel: Channel | None = None
        self._blocked = False
        self._lanes: dict[str, Lane] = {}

    async def attach(self, channel: Channel) -> None:
        """Begin to take replies, then requests."""
        channel.connection.add_on_connection_blocked_callback(lambda *_: self._block(True))
        channel.connection.add_on_connection_unblocked_callback(lambda *_: self._block(False))
        channel.add_on_return_callback(self._on_returned)
        consume = channel.basic_consume
        await completed(lambda callback: consume(REPLY_TO, self._on_reply, auto_ack=True, callback=callback))
        self._channel = channel

    def detach(self) -> None:
        """Refuse what is on its way, and what comes until there is a channel again."""
        self._channel, self._blocked = None, False
        for lane in self._lanes.values():
            lane.drop()

    async def ask(self, request: Request[R]) -> R:
        """Return the service's answer. Raises Refused."""
        answer = await self.ask_plain(request)
        try:
            result: R = schema.load(request.result, answer)
        except schema.InvalidMessage as reason:
            log.exception("answer_not_understood", request=type(request).__name__)
            raise InternalFault from reason
        return result

    async def ask_plain(self, request: Request[Any]) -> dict[str, Any]:
        """Return the service's answer as it travelled. Raises Refused."""
        answer: dict[str, Any] = await self.put(request, current_traceparent())
        return answer

    def put(self, request: Request[Any], traceparent: str) -> asyncio.Future[Any]:
        """Send a request soon; the future of its answer as it travelled, or of the Refused that came instead.

        Raises ServiceUnavailable, Overloaded, where nothing is sent.
        """
        if self._channel is None or self._blocked:
            raise ServiceUnavailable
        return self._lane(type(request)).put(request, traceparent)

    def overload(self, request_type: type[Request[Any]]) -> Overloaded | None:
        """Return the refusal that a request of this type gets now, if it must be refused at the door."""
        return self._lane(request_type).overload()

    def _lane(self, request_type: type[Request[Any]]) -> Lane:
        lane = self._lanes.get(request_type.__name__)
        if lane is None:
            lane = self._lanes[request_type.__name__] = Lane(request_type, self._send)
        return lane

    def _send(self, lane: Lane, batch: Sequence[Asked]) -> None:
        if self._channel is None:
            raise ServiceUnavailable
        clock_offset = time.time() - asyncio.get_running_loop().time()
        seconds_left = batch[-1].due + clock_offset - time.time()
        properties = BasicProperties(
            content_type="application/json",
            reply_to=REPLY_TO,
            delivery_mode=1,
            expiration=str(max(1, int(seconds_left * 1000))),
        )
        body = _encoded(batch, clock_offset)
        try:
            self._channel.basic_publish("", lane.queue, body, properties, mandatory=True)
        except AMQPError as reason:
            raise ServiceUnavailable from reason

    def _on_reply(self, _channel: object, _method: object, _properties: object, body: bytes) -> None:
        try:
            for reply in orjson.loads(body)["replies"]:
                self._settle(reply["id"], _outcome(reply))
        except (LookupError, TypeError, ValueError):
            log.exception("reply_not_understood")

    def _on_returned(self, _channel: object, _method: object, _properties: object, body: bytes) -> None:
        for item in orjson.loads(body)["requests"]:
            self._settle(item["id"], ServiceUnavailable())

    def _settle(self, request_id: str, outcome: object) -> None:
        self._lanes[request_id.partition("-")[0]].settle(request_id, outcome)

    def _block(self, blocked: bool) -> None:
        log.warning("broker_blocks_publishers" if blocked else "broker_takes_messages_again")
        self._blocked = blocked


def _encoded(batch: Sequence[Asked], clock_offset: float) -> bytes:
    requests = [
        {
            "id": asked.id,
            "deadline": asked.due + clock_offset,
            "traceparent": asked.traceparent,
            "data": asked.data,
        }
        for asked in batch
    ]
    return orjson.dumps({"requests": requests})


def _outcome(reply: dict[str, Any]) -> object:
    refused = reply.get("refused")
    return RemoteRefusal(refused["code"], refused["data"]) if refused is not None else reply["result"]
