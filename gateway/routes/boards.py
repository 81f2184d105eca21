"""The hall board of an office: read once, or followed."""

from collections.abc import AsyncIterator

from falcon.asgi import Request, Response, SSEvent
from falcon.media import BaseHandler

from contracts.events.display import BoardChanged
from gateway.boards import BoardHub, BoardState
from gateway.offices import OfficeDirectory
from gateway.operation import Operation
from gateway.streaming import body_of
from gateway.tagged import answer_tagged

_EVENT_STREAM = "text/event-stream"
_RETRY_MILLISECONDS = 2000


class Board:
    """/v1/offices/{office}/board."""

    def __init__(self, hub: BoardHub, directory: OfficeDirectory) -> None:
        self._hub = hub
        self._directory = directory

    @Operation(answers=BoardChanged, refusals=("unknown_office",))
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Read the hall board as it is now. Answered from memory, with an ETag."""
        self._directory.find(office)
        answer_tagged(req, resp, (await self._hub.state(office)).tagged)


class BoardStream:
    """/v1/offices/{office}/board/stream."""

    def __init__(self, hub: BoardHub, directory: OfficeDirectory) -> None:
        self._hub = hub
        self._directory = directory

    @Operation(
        answers=BoardChanged,
        media_type=_EVENT_STREAM,
        refusals=("unknown_office", "too_many_streams"),
    )
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Follow the hall board: events named `board`, first the board as it is, then every change.

        An event's id is the board's version; who comes back with it as Last-Event-ID gets changes alone.
        A call is told at once by an event named `call`, one of the board's `calls`; the next board has it
        too. It can come twice, and does not come to who reads slowly: tell calls apart by `ticket_id` and
        `calls`.
        """
        self._directory.find(office)
        self._hub.admit()
        await self._hub.state(office)
        resp.content_type = _EVENT_STREAM
        resp.set_header("X-Accel-Buffering", "no")
        if req.method != "HEAD":
            followed = self._hub.follow(office, req.get_header("Last-Event-ID"), body_of(req.scope))
            resp.sse = _events(followed)


class _BoardEvent(SSEvent):
    """A state of the board, encoded once for all who follow it."""

    __slots__ = ("_encoded",)

    def __init__(self, state: BoardState) -> None:
        self._encoded = state.event

    def serialize(self, handler: BaseHandler | None = None) -> bytes:
        """Return the event as it is sent."""
        return self._encoded


async def _events(states: AsyncIterator[BoardState | None]) -> AsyncIterator[SSEvent | None]:
    yield SSEvent(retry=_RETRY_MILLISECONDS)
    async for state in states:
        yield _BoardEvent(state) if state is not None else None
