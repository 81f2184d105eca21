"""What is written past the streams' own tasks: calls and boards for clients that keep up."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import fields, replace
from datetime import timedelta

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
    """A client with a socket, and the body of the answer that it is reading."""

    def __init__(self, ours: socket.socket, transport: asyncio.Transport) -> None:
        self._socket = ours
        self.transport = transport
        self.body = Body(transport)

    @property
    def received(self) -> bytes:
        """Read what has arrived."""
        with suppress(BlockingIOError):
            return self._socket.recv(1 << 20)
        return b""

    async def read_to(self, end: bytes) -> bytes:
        """Read until the last bytes are these."""
        read = b""
        while not read.endswith(end):
            read += await asyncio.wait_for(
                asyncio.get_running_loop().sock_recv(self._socket, 1 << 20), SECONDS
            )
        return read

    def hang_up(self) -> None:
        """Close the connection."""
        self._socket.close()

    def stops_reading(self) -> None:
        """Leave so much unread that the server must keep some."""
        while not self.transport.get_write_buffer_size():
            self.transport.write(b"." * 100_000)


@pytest.fixture
async def client() -> AsyncIterator[_Client]:
    """A client that is connected."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    transport, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, sock=theirs)
    yield _Client(ours, transport)
    transport.abort()
    ours.close()


async def _followed_by(client: _Client) -> tuple[BoardHub, asyncio.Task[BoardState | None]]:
    """Return a hub, and what comes next of a stream whose client has board 1."""
    hub = _hub()
    stream = hub.follow("TRK", None, client.body)
    await _next(stream)
    resting = asyncio.create_task(anext(stream, None))
    await asyncio.sleep(0)
    return hub, resting


async def test_a_client_that_keeps_up_is_written_to_at_once(client: _Client) -> None:
    """Before `publish` returns, framed for the wire, and its own task does not hear of it."""
    hub, resting = await _followed_by(client)
    hub.publish(board(2))
    event = BoardState.of(board(2)).event
    assert client.received == f"{len(event):x}\r\n".encode() + event + b"\r\n"
    done, _ = await asyncio.wait({resting}, timeout=0.05)
    assert not done
    resting.cancel()


@pytest.mark.parametrize("trouble", ["stops_reading", "gone"])
async def test_a_client_that_is_behind_gets_the_latest_board_in_its_own_time(
    client: _Client, trouble: str
) -> None:
    """What it has not read yet is not added to; a client that is gone is found out."""
    hub, resting = await _followed_by(client)
    client.transport.close() if trouble == "gone" else client.stops_reading()
    hub.publish(board(2))
    hub.publish(board(3))
    latest = await resting
    assert latest is not None
    assert latest.board.version == 3
    assert b"event" not in client.received


async def test_a_call_is_told_as_it_happens(client: _Client) -> None:
    """Without waiting for the board, without an id, and with nothing of the person but the name to show."""
    hub, resting = await _followed_by(client)
    hub.announce(called())
    head, data = client.received.split(b"\r\n")[1].rstrip().split(b"\ndata: ")
    assert head == b"event: call"
    assert orjson.loads(data) == {
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
async def test_an_old_call_or_one_of_another_hall_is_not_told(client: _Client, late: CounterCalled) -> None:
    """An event can come twice and late; the board knows better by then."""
    hub, resting = await _followed_by(client)
    newest = BoardCall(**{field.name: getattr(called(), field.name) for field in fields(BoardCall)})
    hub.publish(replace(board(2), calls=(newest,)))
    hub.announce(late)
    received = client.received
    assert b"event: board" in received
    assert b"event: call" not in received
    resting.cancel()


async def test_a_stream_at_work_is_not_written_into(client: _Client) -> None:
    """A direct write would overtake what its task is about to send."""
    hub = _hub()
    stream = hub.follow("TRK", None, client.body)
    await _next(stream)
    hub.announce(called())
    hub.publish(board(2))
    assert client.received == b""
    assert (await _next(stream)).board.version == 2


async def test_a_chunk_that_goes_out_in_part_is_followed_by_its_rest(client: _Client) -> None:
    """More than the socket takes at once arrives whole and in order."""
    chunk = b"".join(b"%d " % number for number in range(500_000)) + b"end"
    assert client.body.write(chunk)
    assert client.transport.get_write_buffer_size()
    assert await client.read_to(b"end") == chunk


async def test_a_client_that_has_hung_up_is_not_written_to(client: _Client) -> None:
    """Before the loop has told the transport so."""
    client.hang_up()
    assert not client.body.write(b"event")
