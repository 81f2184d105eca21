"""Answers given where the request was read, as they go over the wire."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest

from gateway.at_once import Answer, Answerer, Asked, Awaited, Taking
from tests.unit.gateway.doors import House, served

pytestmark = pytest.mark.anyio

HEAD = b"POST /now?a=1 HTTP/1.1\r\nHost: a\r\nX-Name: first\r\nX-Name: last\r\nContent-Length: 4"
REQUEST = HEAD + b"\r\n\r\nbody"
KNOWN = b"HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\nat once"
LATER = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nlater"


class Wire:
    """A connection to a server that knows `/now` at once, and whose application answers the rest."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, house: House) -> None:
        self._reader = reader
        self._writer = writer
        self.house = house

    async def get(self, sent: bytes, expected: bytes) -> None:
        """Send, and see that exactly this is answered."""
        self._writer.write(sent)
        assert await asyncio.wait_for(self._reader.readexactly(len(expected)), 10) == expected

    async def leave(self) -> None:
        """Close, and let the server notice."""
        self._writer.close()
        await self._writer.wait_closed()
        await asyncio.sleep(0.05)

    async def is_closed(self) -> bool:
        """Whether the server has closed the connection, and said nothing more."""
        return await asyncio.wait_for(self._reader.read(), 10) == b""


def knows_now(asked: Asked) -> Answer | None:
    """Answer `/now`."""
    if asked.path != "/now":
        return None
    assert (asked.method, asked.query, asked.header(b"x-name"), asked.header(b"x")) == (
        "POST", b"a=1", b"last", b"",
    )  # fmt: skip
    return Answer(status=200, headers=[(b"content-length", b"7")], body=b"at once")


class Taker:
    """Takes `/taken`, with an answer that the test makes; what says `no` is not taken after all."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.outcomes: list[asyncio.Future[bytes]] = []

    def __call__(self, asked: Asked) -> Taking | None:
        """Take, or pass on."""
        return self._take if asked.path == "/taken" else None

    def _take(self, body: bytes) -> Awaited | None:
        if body == b"no":
            return None
        self.bodies.append(body)
        self.outcomes.append(asyncio.get_running_loop().create_future())
        return Awaited(outcome=self.outcomes[-1], answer=self._answer)

    def _answer(self, outcome: "asyncio.Future[bytes]") -> Answer:
        return Answer(status=200, headers=[(b"content-length", b"5")], body=outcome.result())


async def later(scope: Any, receive: Any, send: Any) -> None:
    """Answer when the body has come."""
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
    await send({"type": "http.response.body", "body": b"later"})


@asynccontextmanager
async def wire(*answerers: Answerer) -> AsyncIterator[Wire]:
    """Connect."""
    house = House(later)
    async with served(house, [lambda _: None, knows_now, *answerers]) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        yield Wire(reader, writer, house)
        writer.close()


async def test_what_is_known_at_once_does_not_reach_the_application() -> None:
    """And the connection serves both, one after the other, also when a request comes in pieces."""
    async with wire() as line:
        await line.get(REQUEST, KNOWN)
        await line.get(REQUEST[:30], b"")
        await line.get(REQUEST[30:], KNOWN)
        await line.get(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", LATER)
        await line.get(REQUEST, KNOWN)
        assert line.house.entered == 1


async def test_answers_keep_the_order_of_requests_that_came_together() -> None:
    """Behind one that the application is still busy with, the application has the next ones too."""
    async with wire() as line:
        await line.get(REQUEST + REQUEST, KNOWN + KNOWN)
        assert line.house.entered == 0
        await line.get(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" + REQUEST, LATER + LATER)
        assert line.house.entered == 2
        await line.get(REQUEST, KNOWN)


async def test_who_asks_to_close_is_told_so() -> None:
    """As HTTP/1.0 always does."""
    async with wire() as line:
        closing = KNOWN.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n")
        await line.get(REQUEST.replace(b"X-Name: first", b"Connection: close"), closing)
        assert await line.is_closed()
    async with wire() as line:
        await line.get(REQUEST.replace(b"HTTP/1.1", b"HTTP/1.0"), closing)
        assert await line.is_closed()


async def test_who_waits_to_be_asked_for_the_body_is_left_to_the_application() -> None:
    """It says `100 Continue`, without which such a client would send nothing."""
    async with wire() as line:
        await line.get(HEAD + b"\r\nExpect: 100-continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n")
        await line.get(b"body", LATER)
        assert line.house.entered == 1


def taken(body: bytes) -> bytes:
    """Write a request that is taken."""
    return b"POST /taken HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


TAKEN = LATER.replace(b"later", b"taken")


async def test_a_taken_request_is_answered_when_its_answer_is_there() -> None:
    """And the connection goes on: the body comes whole, however it was cut."""
    taker = Taker()
    async with wire(taker) as line:
        whole = taken(b"a body in pieces")
        for piece in (whole[:20], whole[20:-7], whole[-7:-2], whole[-2:]):
            await line.get(piece, b"")
            await asyncio.sleep(0.01)
        assert taker.bodies == [b"a body in pieces"]
        taker.outcomes[0].set_result(b"taken")
        await line.get(b"", TAKEN)
        await line.get(REQUEST, KNOWN)
        assert line.house.entered == 0


async def test_what_comes_behind_a_taken_request_waits_for_its_turn() -> None:
    """Whoever answers it."""
    taker = Taker()
    async with wire(taker) as line:
        await line.get(taken(b"first") + REQUEST + taken(b"second"), b"")
        while not taker.outcomes:
            await asyncio.sleep(0)
        taker.outcomes[0].set_result(b"taken")
        await line.get(b"", TAKEN + LATER + LATER)
        assert (taker.bodies, line.house.entered) == ([b"first"], 2)


async def test_what_is_not_taken_after_all_goes_to_the_application() -> None:
    """With its body, which the application reads to its end before it answers."""
    async with wire(Taker()) as line:
        await line.get(taken(b"no"), LATER)
        await line.get(REQUEST, KNOWN)
        assert line.house.entered == 1


@pytest.mark.parametrize("body", [b"four", b"no"], ids=["taken", "not taken after all"])
async def test_who_is_asking_when_the_server_stops_is_answered_still(body: bytes) -> None:
    """In the middle of the body, and while the answer is made; then the connection ends."""
    taker, whole = Taker(), taken(body)
    answer = TAKEN if body == b"four" else LATER
    async with AsyncExitStack() as stack:
        port = await stack.enter_async_context(served(later, [taker]))
        (before, begun), (waiting, asked) = [
            await asyncio.open_connection("127.0.0.1", port) for _ in range(2)
        ]
        begun.write(whole[:-1])
        asked.write(taken(b"four"))
        while not taker.outcomes:
            await asyncio.sleep(0)
        await stack.aclose()
        begun.write(whole[-1:])
        while body == b"four" and len(taker.outcomes) < 2:
            await asyncio.sleep(0)
        for outcome in taker.outcomes:
            outcome.set_result(b"taken")
        for reader, expected in ((before, answer), (waiting, TAKEN)):
            said = await asyncio.wait_for(reader.read(), 10)
            assert said == expected.replace(b"\r\n\r\n", b"\r\nconnection: close\r\n\r\n")
        begun.close()
        asked.close()


async def test_an_answer_that_cannot_be_made_is_an_error_and_ends_the_connection() -> None:
    """Nobody waits for ever."""
    taker = Taker()
    async with wire(taker) as line:
        await line.get(taken(b"odd"), b"")
        while not taker.outcomes:
            await asyncio.sleep(0)
        taker.outcomes[0].set_exception(RuntimeError("nobody thought of it"))
        error = b"HTTP/1.1 500 Internal Server Error\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        await line.get(b"", error)
        assert await line.is_closed()


async def test_who_went_away_leaves_nothing_behind() -> None:
    """The answer is made, and sent to nobody."""
    taker, told = Taker(), list[Any]()
    async with wire(taker) as line:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
        await line.get(taken(b"gone"), b"")
        while not taker.outcomes:
            await asyncio.sleep(0)
        await line.leave()
        taker.outcomes[0].set_result(b"taken")
        await asyncio.sleep(0.05)
        assert told == []
