"""What is written past the streams' own tasks: calls and boards for clients that keep up."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import fields, replace
from datetime import timedelta
from typing import cast

import orjson
import pytest

from contracts.events import CounterCalled
from contracts.events.display import BoardCall
from contracts.requests.display import GetBoard
from gateway.boards import BoardHub, BoardState
from gateway.streaming import Body
from tests.unit.gateway.fakes import NOON, FakeServices, board, called

pytestmark = pytest.mark.anyio

SECONDS = 5


def _hub() -> BoardHub:
    services = FakeServices()
    services.answers[GetBoard] = board(1)
    return BoardHub(services)


async def _next(stream: AsyncIterator[BoardState | None]) -> BoardState:
    state = await asyncio.wait_for(anext(stream), SECONDS)
    assert state is not None
    return state


class _Client:
    """The transport of a client that reads at once, until told otherwise."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.unread = 0
        self.gone = False

    def write(self, chunk: bytes) -> None:
        self.received.append(chunk)

    def get_write_buffer_size(self) -> int:
        return self.unread

    def is_closing(self) -> bool:
        return self.gone


async def _followed_by(client: _Client) -> tuple[BoardHub, asyncio.Task[BoardState | None]]:
    """Return a hub, and what comes next of a stream whose client has board 1."""
    hub = _hub()
    stream = hub.follow("TRK", None, Body(cast(asyncio.WriteTransport, client)))
    await _next(stream)
    resting = asyncio.create_task(anext(stream, None))
    await asyncio.sleep(0)
    return hub, resting


async def test_a_client_that_keeps_up_is_written_to_at_once() -> None:
    """Before `publish` returns, framed for the wire, and its own task does not hear of it."""
    client = _Client()
    hub, resting = await _followed_by(client)
    hub.publish(board(2))
    event = BoardState.of(board(2)).event
    assert client.received == [f"{len(event):x}\r\n".encode() + event + b"\r\n"]
    done, _ = await asyncio.wait({resting}, timeout=0.05)
    assert not done
    resting.cancel()


@pytest.mark.parametrize("trouble", ["unread", "gone"])
async def test_a_client_that_is_behind_gets_the_latest_board_in_its_own_time(trouble: str) -> None:
    """What it has not read yet is not added to; a client that is gone is found out."""
    client = _Client()
    hub, resting = await _followed_by(client)
    setattr(client, trouble, 1)
    hub.publish(board(2))
    hub.publish(board(3))
    latest = await resting
    assert latest is not None
    assert latest.board.version == 3
    assert client.received == []


async def test_a_call_is_told_as_it_happens() -> None:
    """Without waiting for the board, without an id, and with nothing of the person but the name to show."""
    client = _Client()
    hub, resting = await _followed_by(client)
    hub.announce(called())
    (chunk,) = client.received
    head, data = chunk.split(b"\r\n")[1].rstrip().split(b"\ndata: ")
    assert head == b"event: call"
    assert orjson.loads(data) == {
        "ticket_id": "01a1ff7c-2f04-705f-9bf4-000000000001",
        "number": "A-001",
        "display_name": "Pak Andi",
        "counter": 1,
        "called_at": "2026-11-23T04:00:00+00:00",
        "calls": 1,
        "state": "called",
    }
    resting.cancel()


@pytest.mark.parametrize(
    "late",
    [
        called(called_at=NOON - timedelta(minutes=1)),
        called(state="served"),
        called(office="SKW"),
    ],
)
async def test_an_old_call_or_one_of_another_hall_is_not_told(late: CounterCalled) -> None:
    """An event can come twice and late; the board knows better by then."""
    client = _Client()
    hub, resting = await _followed_by(client)
    newest = BoardCall(**{field.name: getattr(called(), field.name) for field in fields(BoardCall)})
    hub.publish(replace(board(2), calls=(newest,)))
    hub.announce(late)
    assert [b"event: call" in chunk for chunk in client.received] == [False]
    resting.cancel()


async def test_a_stream_at_work_is_not_written_into() -> None:
    """A direct write would overtake what its task is about to send."""
    client = _Client()
    hub = _hub()
    stream = hub.follow("TRK", None, Body(cast(asyncio.WriteTransport, client)))
    await _next(stream)
    hub.announce(called())
    hub.publish(board(2))
    assert client.received == []
    assert (await _next(stream)).board.version == 2
