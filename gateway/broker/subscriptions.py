"""Calls and changes of boards, offices and free places, as they happen.

    antrean.events ── *.checkin.CounterCalled ──▶ a queue of this process alone
                      *.display.BoardChanged      (exclusive, gone with it)
                      *.booking.OfficeChanged
                      *.booking.AvailabilityChanged
                      *.booking.SessionsRevoked

What happened while there was no connection is not told again; so each time the queue is bound anew,
`on_resumed` asks for what may have been missed.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from pika.channel import Channel

from chassis.log import get_logger
from contracts.envelope import Undecodable, decode_each
from contracts.events import Event
from gateway import metrics
from gateway.broker.connection import completed

log = get_logger(__name__)


class Subscription:
    """Hands every event of the given types to its handler. A Part of the connection."""

    def __init__(
        self, handlers: Mapping[type[Event], Callable[[Any], None]], on_resumed: Callable[[], Awaitable[None]]
    ) -> None:
        self._handlers = handlers
        self._on_resumed = on_resumed
        self._resuming: asyncio.Task[None] | None = None

    async def attach(self, channel: Channel) -> None:
        """Bind a fresh queue, then ask for what was missed."""
        declare, consume = channel.queue_declare, channel.basic_consume
        declared = await completed(lambda callback: declare("", exclusive=True, callback=callback))
        queue = declared.method.queue
        for event_type in self._handlers:
            await self._bind(channel, queue, event_type)
        await completed(lambda callback: consume(queue, self._on_event, auto_ack=True, callback=callback))
        self._resuming = asyncio.create_task(self._resume())

    def detach(self) -> None:
        """Let go of the channel."""
        if self._resuming is not None:
            self._resuming.cancel()
            self._resuming = None

    async def _bind(self, channel: Channel, queue: str, event_type: type[Event]) -> None:
        exchange, key = event_type.exchange, f"*.{event_type.producer}.{event_type.__name__}"
        await completed(
            lambda callback: channel.exchange_declare(exchange, "topic", durable=True, callback=callback)
        )
        await completed(lambda callback: channel.queue_bind(queue, exchange, key, callback=callback))

    async def _resume(self) -> None:
        await self._on_resumed()

    def _on_event(self, _channel: object, _method: object, _properties: object, body: bytes) -> None:
        for envelope in decode_each(body):
            if isinstance(envelope, Undecodable):
                log.error("event_not_understood", reason=str(envelope))
                continue
            event = envelope.data
            metrics.EVENTS_RECEIVED.labels(type(event).__name__).inc()
            self._handlers[type(event)](event)
