"""Why a day has no place, and which districts an office knows the way from."""

import orjson
from falcon.asgi import Request, Response

from contracts import schema
from contracts.requests.travel import Districts, ListDistricts
from contracts.requests.why import ExplainDay
from gateway.backend import Backend
from gateway.commands import load_query
from gateway.explanations import SpokenExplanation, spoken
from gateway.offices import OfficeDirectory
from gateway.operation import Operation, Parameter

_QUERY = {
    "service": Parameter(contract=ExplainDay, field="for_service"),
    "date": Parameter(contract=ExplainDay, field="date"),
    "district": Parameter(contract=ExplainDay, field="district", required=False),
}


class OfficeWhy:
    """/v1/offices/{office}/why."""

    def __init__(self, backend: Backend, directory: OfficeDirectory) -> None:
        self._backend = backend
        self._directory = directory

    @Operation(answers=SpokenExplanation, query=_QUERY, refusals=("unknown_office", "unknown_district"))
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Say why a day has no place: a stable code, its data, and a sentence in the asker's language.

        One answer, the first that holds: the rollout, the service, the past, the calendar, the release, the
        other people, the way. `available` says that there are places.
        """
        found = self._directory.find(office)
        names = {"service": "for_service", "date": "date", "district": "district"}
        told = await self._backend.ask(load_query(ExplainDay, req, names, office=office))
        resp.data = orjson.dumps(schema.dump(spoken(told, found, req.context.locale)))


class OfficeDistricts:
    """/v1/offices/{office}/districts."""

    def __init__(self, backend: Backend, directory: OfficeDirectory) -> None:
        self._backend = backend
        self._directory = directory

    @Operation(answers=Districts, refusals=("unknown_office",))
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """List the districts whose way to the office is known, with the minutes that it takes."""
        self._directory.find(office)
        resp.data = orjson.dumps(await self._backend.ask_plain(ListDistricts(office=office)))
