"""The hall board of an office: read once, or followed."""

from collections.abc import AsyncIterator

import falcon
from falcon.asgi import Request, Response, SSEvent
from falcon.media import BaseHandler

from contracts.events.display import BoardChanged
from gateway.boards import BoardHub, BoardState
from gateway.client_address import client_address
from gateway.offices import OfficeDirectory
from gateway.operation import Operation
from gateway.streaming import body_of
from gateway.tagged import answer_tagged
from gateway.voice.announcements import LANGUAGES, Announcer

_EVENT_STREAM = "text/event-stream"
_WAV = "audio/wav"
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
        too. It can come twice, and does not come to who reads slowly: tell calls of a day apart by `number`
        and `called_at`.
        """
        self._directory.find(office)
        address = client_address(req)
        self._hub.admit(address)
        await self._hub.state(office)
        resp.content_type = _EVENT_STREAM
        resp.set_header("X-Accel-Buffering", "no")
        if req.method != "HEAD":
            last, body = req.get_header("Last-Event-ID"), body_of(req.scope)
            followed = self._hub.follow(office, last, body, address=address)
            resp.sse = _events(followed)


class Announcement:
    """/v1/offices/{office}/announcements/{ticket_number}/{number}/{language}.wav."""

    def __init__(self, announcer: Announcer, directory: OfficeDirectory) -> None:
        self._announcer = announcer
        self._directory = directory

    @Operation(media_type=_WAV, refusals=("unknown_office", "not_called", "voice_unavailable"))
    async def on_get(
        self,
        req: Request,
        resp: Response,
        *,
        office: str,
        ticket_number: str,
        number: int,
        language: str,
    ) -> None:
        """Hear a call of this moment, for a device that has no voice of its own; `language` is id or en.

        Only a number that the board calls to this counter now is said, with the name that the board shows.
        """
        self._directory.find(office)
        spoken = LANGUAGES.get(language)
        if spoken is None:
            raise falcon.HTTPNotFound
        resp.data = await self._announcer.say(office, ticket_number, number, spoken)
        resp.content_type = _WAV
        resp.set_header("Cache-Control", "no-store")


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
