"""Requests over a real RabbitMQ: gathered, answered, overdue, unroutable, cut off."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import ClassVar

import pytest

from contracts.refusals import OutcomeUnknown, RemoteRefusal
from contracts.requests import Request
from gateway.backend import NoAnswer, ServiceUnavailable
from gateway.broker.connection import BrokerConnection
from gateway.broker.requests import RequestClient
from gateway.tracing import continue_trace
from tests.integration.gateway.responder import Responder, declare, waiting
from tests.proxy import Proxy

pytestmark = pytest.mark.anyio


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """What came of an addition."""

    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Add(Request[Sum]):
    """Add two numbers; may be repeated."""

    service: ClassVar[str] = "test"
    result: ClassVar[type[Sum]] = Sum
    deadline_seconds: ClassVar[float] = 3.0

    left: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOnce(Add):
    """Add two numbers, and never twice."""

    repeatable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddQuickly(Add):
    """Add two numbers at once, or never mind."""

    deadline_seconds: ClassVar[float] = 0.3


def _sum(request: Add) -> Sum:
    return Sum(total=request.left + request.right)


@asynccontextmanager
async def _client(amqp_url: str) -> AsyncIterator[tuple[RequestClient, BrokerConnection]]:
    client = RequestClient()
    connection = BrokerConnection(amqp_url, [client])
    running = asyncio.create_task(connection.run())
    try:
        await _until(lambda: connection.connected)
        yield client, connection
    finally:
        running.cancel()
        await asyncio.wait((running,))


async def _until(condition: Callable[[], bool], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


async def _timed(coming: Awaitable[object]) -> float:
    begun = time.monotonic()
    await coming
    return time.monotonic() - begun


async def test_each_of_many_gets_its_own_answer(vhost: str) -> None:
    """What is asked together travels together: far fewer messages than requests, none above 64."""
    with Responder(vhost, {Add: _sum}) as service:
        async with _client(vhost) as (client, _):
            answers = await asyncio.gather(*(client.ask(Add(left=n, right=1)) for n in range(500)))
    assert answers == [Sum(total=n + 1) for n in range(500)]
    sizes = [len(message) for message in service.messages]
    assert sum(sizes) == 500
    assert max(sizes) == 64
    assert len(sizes) <= 12


async def test_a_request_carries_its_deadline_and_its_trace(vhost: str) -> None:
    """The broker drops it when its time is over; the service's log has the caller's trace."""
    parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    with Responder(vhost, {Add: _sum}) as service:
        async with _client(vhost) as (client, _):
            continue_trace(parent)
            before = time.time()
            await client.ask_plain(Add(left=1, right=1))
    ((item,),) = service.messages
    assert item["traceparent"].startswith("00-4bf92f3577b34da6a3ce929d0e0e4736-")
    assert before + 2.9 < item["deadline"] < time.time() + 3
    assert 2900 < service.expirations[0] <= 3000


async def test_a_refusal_arrives_with_its_data(vhost: str) -> None:
    """As the service said it."""
    with Responder(vhost, {Add: lambda _: RemoteRefusal("too_large", {"limit": 7})}):
        async with _client(vhost) as (client, _):
            with pytest.raises(RemoteRefusal) as refused:
                await client.ask(Add(left=9, right=9))
    assert (refused.value.code, refused.value.data) == ("too_large", {"limit": 7})


async def test_a_service_that_does_not_answer_in_time_is_given_up(vhost: str) -> None:
    """At the deadline, not later; and what nobody took does not wait in the queue for nobody."""
    declare(vhost, AddQuickly)
    async with _client(vhost) as (client, _):
        begun = time.monotonic()
        outcomes = await asyncio.gather(
            *(client.ask(AddQuickly(left=n, right=1)) for n in range(10)), return_exceptions=True
        )
        assert [type(outcome) for outcome in outcomes] == [NoAnswer] * 10
        assert 0.28 < time.monotonic() - begun < 1.5
        await _until(lambda: waiting(vhost, AddQuickly) == 0)


async def test_a_service_that_never_ran_is_told_at_once(vhost: str) -> None:
    """Its queue is not there, so the broker returns the message: nobody waits for the deadline."""
    async with _client(vhost) as (client, _):
        begun = time.monotonic()
        with pytest.raises(ServiceUnavailable):
            await client.ask(Add(left=1, right=1))
        assert time.monotonic() - begun < 1


async def test_without_a_connection_requests_are_refused_at_once() -> None:
    """Nobody waits for a broker that is not there."""
    with pytest.raises(ServiceUnavailable):
        await RequestClient().ask(Add(left=1, right=1))


async def test_a_cut_connection_refuses_what_is_on_its_way_and_comes_back(
    vhost: str, proxy: Callable[[str], Proxy]
) -> None:
    """What must not happen twice is in doubt, the rest unavailable; seconds later all is well again."""
    network = proxy(vhost)
    declare(vhost, AddOnce)
    declare(vhost, Add)
    async with _client(network.url(vhost)) as (client, connection):
        once = asyncio.create_task(client.ask(AddOnce(left=1, right=1)))
        again = asyncio.create_task(client.ask(Add(left=1, right=1)))
        await _until(lambda: waiting(vhost, AddOnce) == waiting(vhost, Add) == 1)
        network.cut()
        outcomes = await asyncio.wait_for(asyncio.gather(once, again, return_exceptions=True), 1)
        assert [type(outcome) for outcome in outcomes] == [OutcomeUnknown, ServiceUnavailable]
        back = _timed(_until(lambda: connection.connected))
        assert await back < 2
        with Responder(vhost, {Add: _sum}):
            assert await client.ask(Add(left=2, right=3)) == Sum(total=5)


async def test_a_channel_that_the_broker_closes_takes_the_connection_with_it(vhost: str) -> None:
    """Nothing hangs on a half of a connection: all parts begin again."""
    async with _client(vhost) as (client, connection):
        channel = client._channel
        assert channel is not None
        channel.queue_declare("nowhere", passive=True, callback=lambda _: None)
        await _until(lambda: not connection.connected)
        await _until(lambda: connection.connected)
        with Responder(vhost, {Add: _sum}):
            assert await client.ask(Add(left=2, right=3)) == Sum(total=5)
