"""Events from a real RabbitMQ, and what happens when the connection was away."""

import asyncio
from collections.abc import Callable

import pytest

from contracts.envelope import encode
from contracts.events import BoardChanged, Event, OfficeChanged
from gateway.broker.connection import BrokerConnection
from gateway.broker.subscriptions import Subscription
from tests.proxy import Proxy
from tests.unit.gateway.fakes import board, office
from tests.wire import Wire

pytestmark = pytest.mark.anyio


class Heard:
    """Collects events, and how often the subscription was resumed."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.resumed = 0

    async def resume(self) -> None:
        """Count."""
        self.resumed += 1

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for a condition."""
        async with asyncio.timeout(60):
            while not condition():
                await asyncio.sleep(0.005)


async def test_changes_arrive_and_a_gap_is_announced(
    vhost: str, wire: Wire, proxy: Callable[[str], Proxy]
) -> None:
    """Every office's events, by type; after a cut the subscription says that it may have missed some."""
    network, heard = proxy(vhost), Heard()
    handlers: dict[type[Event], Callable[[Event], None]] = {
        BoardChanged: heard.events.append,
        OfficeChanged: heard.events.append,
    }
    connection = BrokerConnection(network.url(vhost), [Subscription(handlers, heard.resume)])
    running = asyncio.create_task(connection.run())
    await heard.until(lambda: heard.resumed == 1)
    wire.publish(board(1, "TRK"), office("SKW"))
    await heard.until(lambda: len(heard.events) == 2)
    assert heard.events == [board(1, "TRK"), office("SKW")]

    network.cut()
    await heard.until(lambda: heard.resumed == 2)
    wire.publish(board(2, "TRK"))
    await heard.until(lambda: len(heard.events) == 3)
    running.cancel()
    await asyncio.wait((running,))


async def test_what_is_no_event_is_passed_over(vhost: str, wire: Wire) -> None:
    """A newer display behind an older gateway does not stop the boards, also not those it told together."""
    heard = Heard()
    connection = BrokerConnection(vhost, [Subscription({BoardChanged: heard.events.append}, heard.resume)])
    running = asyncio.create_task(connection.run())
    await heard.until(lambda: heard.resumed == 1)
    for body in (b"", b"{}", b"\xff", b'{"specversion": "2.0"}'):
        wire.channel.basic_publish("antrean.events", "TRK.display.BoardChanged", body)
    (told,) = wire.publish(board(1))
    wire.channel.basic_publish("antrean.events", told.routing_key, b"[{},%b]" % encode(told))
    await heard.until(lambda: len(heard.events) == 2)
    running.cancel()
    await asyncio.wait((running,))
