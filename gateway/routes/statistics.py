"""How long people wait, and how offices serve; everybody may read it, and nothing in it is personal."""

import orjson
from falcon.asgi import Request, Response

from contracts.requests.waiting import (
    GetStatistics,
    GetWaiting,
    ListStatistics,
    NationalStatistics,
    OfficeStatistics,
    OfficeWaiting,
)
from gateway.backend import Backend
from gateway.offices import OfficeDirectory
from gateway.operation import Operation
from gateway.tagged import Tagged, answer_tagged


class OfficeWaits:
    """/v1/offices/{office}/waiting."""

    def __init__(self, backend: Backend, directory: OfficeDirectory) -> None:
        self._backend = backend
        self._directory = directory

    @Operation(answers=OfficeWaiting, refusals=("unknown_office",))
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Read how long who comes to an office now will wait: a range in minutes for each service.

        It comes from the office's own latest service times, its open counters and who waits before, and holds
        the true wait in four of five cases; `kept` in the statistics says how often it did. Both ends are
        null where no open counter offers the service. At most five seconds old, with an ETag.
        """
        self._directory.find(office)
        told = await self._backend.ask_plain(GetWaiting(office=office))
        answer_tagged(req, resp, Tagged.of(orjson.dumps(told)))


class OfficeFigures:
    """/v1/offices/{office}/statistics."""

    def __init__(self, backend: Backend, directory: OfficeDirectory) -> None:
        self._backend = backend
        self._directory = directory

    @Operation(answers=OfficeStatistics, refusals=("unknown_office",))
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Read how an office serves: its day so far, its usual waits by hour, and its days of four weeks.

        At most ten seconds old, with an ETag.
        """
        self._directory.find(office)
        told = await self._backend.ask_plain(GetStatistics(office=office))
        answer_tagged(req, resp, Tagged.of(orjson.dumps(told)))


class NationalList:
    """/v1/statistics."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=NationalStatistics)
    async def on_get(self, req: Request, resp: Response) -> None:
        """Read a line about every office of the country. At most twenty seconds old, with an ETag."""
        told = await self._backend.ask_plain(ListStatistics())
        answer_tagged(req, resp, Tagged.of(orjson.dumps(told)))
