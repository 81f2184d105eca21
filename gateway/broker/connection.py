"""The gateway's one connection to RabbitMQ: opened, watched, and opened again when it is gone.

    connect ──▶ for each part, in order: a channel, part.attach(channel) ──▶ connected
       ▲                                                                        │ closed by either
       └── wait 0.2 s, doubling up to 1 s ◀── every part.detach() ◀─────────────┘ side, no heartbeat

A part whose channel the broker closes takes the connection with it: then everything starts afresh.
"""

import asyncio
import random
from collections.abc import Sequence
from functools import partial
from typing import Any, Protocol

from pika import URLParameters
from pika.adapters.asyncio_connection import AsyncioConnection
from pika.channel import Channel

from chassis.log import get_logger
from chassis.metrics import BROKER_CONNECTED

FIRST_WAIT_SECONDS = 0.2
LONGEST_WAIT_SECONDS = 1.0
_HEARTBEAT_SECONDS = 10
_CONNECT_SECONDS = 5.0
_CLOSE_SECONDS = 2.0

log = get_logger(__name__)


class Part(Protocol):
    """What uses a channel of the connection."""

    async def attach(self, channel: Channel) -> None:
        """Begin to use a fresh channel; cancelled when the connection goes meanwhile."""
        ...

    def detach(self) -> None:
        """Stop using the channel: it is gone. Called once for every connection, attached or not."""
        ...


class BrokerConnection:
    """Keeps parts attached to the broker; `connected` says that all of them are."""

    def __init__(self, amqp_url: str, parts: Sequence[Part]) -> None:
        self.connected = False
        self._parts = parts
        self._parameters = URLParameters(amqp_url)
        self._parameters.heartbeat = _HEARTBEAT_SECONDS
        self._parameters.socket_timeout = self._parameters.stack_timeout = _CONNECT_SECONDS
        self._parameters.client_properties = {"connection_name": "antrean gateway"}

    async def run(self) -> None:
        """Stay connected until cancelled."""
        wait_seconds = FIRST_WAIT_SECONDS
        while True:
            session = _Session(self._parameters)
            try:
                reason = await self._use(session)
            finally:
                was_connected = self.connected
                self._set_connected(False)
                for part in self._parts:
                    part.detach()
                await session.close()
            if was_connected:
                wait_seconds = FIRST_WAIT_SECONDS
            log.warning("broker_connection_lost", part="gateway", reason=repr(_innermost(reason)))
            # Several gateways must not all knock at the same moment.
            await asyncio.sleep(wait_seconds * random.uniform(0.7, 1.0))  # noqa: S311
            wait_seconds = min(2 * wait_seconds, LONGEST_WAIT_SECONDS)

    async def _use(self, session: "_Session") -> BaseException:
        """Attach every part, and return why the connection ended."""
        attaching = asyncio.create_task(self._attach(session))
        try:
            await asyncio.wait((attaching, session.closed), return_when=asyncio.FIRST_COMPLETED)
            if attaching.done():
                attaching.result()
            return await asyncio.shield(session.closed)
        finally:
            attaching.cancel()

    async def _attach(self, session: "_Session") -> None:
        await session.opened
        for part in self._parts:
            await part.attach(await session.channel())
        self._set_connected(True)
        log.info("broker_connected", part="gateway")

    def _set_connected(self, connected: bool) -> None:
        self.connected = connected
        BROKER_CONNECTED.labels("gateway").set(connected)


class _Session:
    """One AMQP connection; `opened` and `closed` are futures, and `closed` tells the reason."""

    def __init__(self, parameters: URLParameters) -> None:
        loop = asyncio.get_running_loop()
        self.opened: asyncio.Future[None] = loop.create_future()
        self.closed: asyncio.Future[BaseException] = loop.create_future()
        self._connection = AsyncioConnection(
            parameters,
            on_open_callback=lambda _: self.opened.set_result(None),
            on_open_error_callback=self._on_closed,
            on_close_callback=self._on_closed,
            custom_ioloop=loop,
        )

    async def channel(self) -> Channel:
        """Open a channel."""
        channel: Channel = await completed(partial(self._connection.channel), name="on_open_callback")
        channel.add_on_close_callback(self._on_channel_closed)
        return channel

    async def close(self) -> None:
        """Say goodbye to the broker; it has a moment to say so too."""
        if not (self._connection.is_closing or self._connection.is_closed):
            self._connection.close()
        await asyncio.wait((self.closed,), timeout=_CLOSE_SECONDS)

    def _on_closed(self, _connection: object, reason: BaseException | str) -> None:
        if not self.closed.done():
            self.closed.set_result(reason if isinstance(reason, BaseException) else ConnectionError(reason))

    def _on_channel_closed(self, _channel: Channel, reason: Exception) -> None:
        if self._connection.is_open:
            self._connection.close(reply_text=f"channel closed: {reason}"[:255])


def _innermost(reason: BaseException) -> BaseException:
    """Unpack what pika wraps three times: the operator wants to read "connection refused"."""
    inner = [*getattr(reason, "exceptions", ()), *reason.args]
    return _innermost(inner[-1]) if inner and isinstance(inner[-1], BaseException) else reason


async def completed(method: Any, *, name: str = "callback") -> Any:
    """Call a method of pika's that takes a callback, and return what it is called back with.

    Not called back, because the connection is gone, it waits for ever: parts are cancelled then.
    """
    answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def on_answer(frame: Any) -> None:
        if not answer.done():
            answer.set_result(frame)

    method(**{name: on_answer})
    return await answer
