"""The hall boards in memory, and who follows them.

    check-in ── CounterCalled ──▶ announce ────────────────────────▶ every follower: written at once
    display ─── BoardChanged ───▶ publish ──▶ one state an office ─▶ where its client keeps up
    display ◀── GetBoard ──────── current     (JSON made once)

A call is told as it happens, from check-in itself; a few milliseconds later the board has it too. A
follower whose client is slow to read is woken instead, and takes the latest board when it can: what was
between is left out, and nothing piles up.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, fields
from datetime import timedelta

import orjson

from contracts import schema
from contracts.events import CounterCalled
from contracts.events.display import BoardCall, BoardChanged
from contracts.refusals import Refused
from contracts.requests.display import GetBoard
from gateway import metrics
from gateway.backend import Backend, NoAnswer, ServiceUnavailable
from gateway.streaming import Body, chunk_of
from gateway.tagged import Tagged

HEARTBEAT_SECONDS = 15.0
_TOLD = 8
_LATE = timedelta(seconds=10)


class TooManyStreams(Refused):
    """As many boards follow as this process can serve, or as one client's address may have."""

    code = "too_many_streams"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardState:
    """A board, and its JSON and its event on streams, both made once for everybody.

    `chunk` is the event as it goes over the wire.
    """

    board: BoardChanged
    tagged: Tagged
    event: bytes
    chunk: bytes

    @classmethod
    def of(cls, board: BoardChanged) -> "BoardState":
        """Make the JSON of a board; its version is the event's id (HTML standard, server-sent events)."""
        body = orjson.dumps(schema.dump(board))
        event = b"event: board\nid: %d\ndata: %b\n\n" % (board.version, body)
        return cls(board=board, tagged=Tagged.of(body), event=event, chunk=chunk_of(event))


class _Office:
    """One office's latest state, and who follows it."""

    def __init__(self) -> None:
        self.state: BoardState | None = None
        self.certain = False
        self.followers: set[_Follower] = set()
        self.told: deque[BoardCall] = deque(maxlen=_TOLD)
        self.asking: asyncio.Task[BoardState] | None = None

    def put(self, board: BoardChanged) -> BoardState:
        """Keep a state that is newer, or the first after a time in which some may have been missed."""
        known = self.state
        if known is not None and self.certain and board.version <= known.board.version:
            return known
        self.certain = True
        if known is not None and board == known.board:
            return known
        self.state = BoardState.of(board)
        for follower in self.followers:
            follower.give(self.state)
        return self.state

    def awaits(self, called: CounterCalled) -> bool:
        """Whether a call is newer than all on the board: an event can come twice, and late."""
        newest = self.state.board.calls[:1] if self.state else ()
        return called.state == "called" and all(
            called.called_at is not None and shown.called_at < called.called_at for shown in newest
        )


class _Follower:
    """One stream: `seen` is the state that its client has."""

    def __init__(self, seen: BoardState | None, body: Body | None) -> None:
        self.seen = seen
        self._body = body
        self._resting: asyncio.Future[bool] | None = None

    def give(self, state: BoardState) -> None:
        """Write a state where the stream rests and its client keeps up; else let it look for itself."""
        if self.tell(state.chunk):
            self.seen = state
        else:
            self.wake()

    def tell(self, chunk: bytes) -> bool:
        """Write to a stream that rests and whose client keeps up; false where it was not."""
        return self._resting is not None and self._body is not None and self._body.write(chunk)

    def wake(self) -> None:
        """Let the stream look whether there is something new."""
        if self._resting is not None:
            _settle(self._resting, True)

    async def woken_within(self, seconds: float) -> bool:
        """Rest until `wake`; false when it did not come."""
        loop = asyncio.get_running_loop()
        resting: asyncio.Future[bool] = loop.create_future()
        self._resting = resting
        timer = loop.call_later(seconds, _settle, resting, False)
        try:
            return await resting
        finally:
            timer.cancel()
            self._resting = None


def _settle(waiter: asyncio.Future[bool], woken: bool) -> None:
    if not waiter.done():
        waiter.set_result(woken)


class BoardHub:
    """Every office's board as it is now, for reading once and for following.

    The office must be one of the directory's: a board is kept for each code that is asked for.
    """

    def __init__(self, backend: Backend, *, most_streams: int = 5000, most_of_address: int = 200) -> None:
        self._backend = backend
        self._most_streams = most_streams
        self._most_of_address = most_of_address
        self._streams = 0
        self._of_address: Counter[str] = Counter()
        self._offices: dict[str, _Office] = {}
        self._closed = False

    async def current(self, office: str) -> BoardChanged:
        """Return the board as it is now.

        When it cannot be asked for, the last one known is returned; Refused when none is.
        """
        return (await self.state(office)).board

    async def state(self, office: str) -> BoardState:
        """Return the board with its JSON; else the same as `current`."""
        known = self._offices.setdefault(office, _Office())
        if known.certain and known.state is not None:
            return known.state
        try:
            return await self._ask(office, known)
        except (NoAnswer, ServiceUnavailable):
            if known.state is None:
                raise
            return known.state

    async def called_now(self, office: str) -> tuple[BoardCall, ...]:
        """Return who is called: what the board has, or what was told since and it does not have yet.

        Of each number its latest call, so nobody is called to two counters. Raises what `current` raises.
        """
        board = await self.current(office)
        told = (call for call in self._offices[office].told if board.changed_at - call.called_at < _LATE)
        by_time = sorted((*told, *board.calls), key=lambda call: call.called_at)
        latest = {call.number: call for call in by_time}
        return tuple(call for call in latest.values() if call.state == "called")

    def admit(self, address: str) -> None:
        """Check that one more stream may begin from a client's address. Raises TooManyStreams."""
        if self._streams >= self._most_streams or self._of_address[address] >= self._most_of_address:
            raise TooManyStreams

    async def follow(
        self, office: str, last_event_id: str | None, body: Body | None = None, *, address: str = ""
    ) -> AsyncIterator[BoardState | None]:
        """Yield the board, unless its version is `last_event_id`, then every change; None is a heartbeat.

        A change that was written to `body` is not yielded. Ends when the gateway does. Raises what
        `current` raises.
        """
        state = await self.state(office)
        known = self._offices[office]
        follower = _Follower(state if str(state.board.version) == last_event_id else None, body)
        known.followers.add(follower)
        self._count(address, 1)
        try:
            while not self._closed:
                if known.state is not follower.seen:
                    follower.seen = known.state
                    yield known.state
                elif not await follower.woken_within(HEARTBEAT_SECONDS):
                    yield None
        finally:
            known.followers.discard(follower)
            self._count(address, -1)

    def publish(self, board: BoardChanged) -> None:
        """Take in a change and give it to the office's followers."""
        self._offices.setdefault(board.office, _Office()).put(board)

    def announce(self, called: CounterCalled) -> None:
        """Tell the office's followers of a call; who is behind learns of it from the board."""
        known = self._offices.get(called.office)
        if known is not None and known.awaits(called):
            call = _shown(called)
            known.told.append(call)
            chunk = chunk_of(_call_event(call))
            for follower in known.followers:
                follower.tell(chunk)

    def doubt(self) -> None:
        """Take no board for certain: changes may have been missed."""
        for known in self._offices.values():
            known.certain = False

    async def ask_doubted(self) -> None:
        """Ask for every board that is followed and not certain; the others are asked for when read.

        Raises Refused when one could not be asked for.
        """
        for office, known in list(self._offices.items()):
            if known.followers and not known.certain:
                await self._ask(office, known)

    def close(self) -> None:
        """End every stream, so that the process can end."""
        self._closed = True
        for known in self._offices.values():
            for follower in known.followers:
                follower.wake()

    async def _ask(self, office: str, known: _Office) -> BoardState:
        """Ask once, however many want to know: who comes while the answer is on its way gets it too."""
        if known.asking is None or known.asking.done():
            known.asking = asyncio.create_task(self._fetch(office, known))
        # One asker who goes away must not take the answer from the others.
        return await asyncio.shield(known.asking)

    async def _fetch(self, office: str, known: _Office) -> BoardState:
        return known.put(await self._backend.ask(GetBoard(office=office)))

    def _count(self, address: str, step: int) -> None:
        self._streams += step
        self._of_address[address] += step
        if not self._of_address[address]:
            del self._of_address[address]
        metrics.STREAMS.set(self._streams)


def _shown(called: CounterCalled) -> BoardCall:
    """Return a call as the hall may see it: nothing of the person but the name to show."""
    return BoardCall(**{field.name: getattr(called, field.name) for field in fields(BoardCall)})


def _call_event(call: BoardCall) -> bytes:
    """Write a call; it has no id, so Last-Event-ID stays the board's version."""
    return b"event: call\ndata: %b\n\n" % orjson.dumps(schema.dump(call))
