"""An office's floor and appointments for its staff, and anybody's place in its queue."""

import orjson
from falcon.asgi import Request, Response

from contracts import schema
from contracts.refusals import Refused
from contracts.requests.appointments import Appointments, ListAppointments
from contracts.requests.floor import ExplainTurn, Floor, GetFloor
from contracts.schema import InvalidMessage
from gateway.auth import require
from gateway.backend import Backend
from gateway.commands import load_query
from gateway.operation import Operation, Parameter
from gateway.routes.counters import STAFF
from gateway.turns import ToldTurn, turn_of

_FIELDS = {"date": "day"}
_DAY = {"date": Parameter(contract=ListAppointments, field="day")}


class UnknownNumber(Refused):
    """The office gave out no such number, as it cannot be one. Data: office, number."""

    code = "unknown_number"


class OfficeFloor:
    """/v1/offices/{office}/floor."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=Floor, roles=STAFF, refusals=("other_office", "unknown_office"))
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Read the counters with their tickets, and who waits, is held or did not come."""
        require(req, STAFF, office)
        resp.data = orjson.dumps(await self._backend.ask_plain(GetFloor(office=office)))


class OfficeAppointments:
    """/v1/offices/{office}/appointments."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=Appointments, query=_DAY, roles=STAFF, refusals=("other_office", "unknown_office"))
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Read who has booked a day, today unless `date` says another, and who of them has come."""
        require(req, STAFF, office)
        query = load_query(ListAppointments, req, _FIELDS, office=office)
        resp.data = orjson.dumps(await self._backend.ask_plain(query))


class QueuePlace:
    """/v1/offices/{office}/queue/{ticket_number}."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=ToldTurn, refusals=("unknown_office", "unknown_number"))
    async def on_get(self, req: Request, resp: Response, office: str, ticket_number: str) -> None:
        """Say why a number of today is not called yet: who is before it by which rule, and for how long."""
        told = {"office": office, "number": ticket_number.upper()}
        try:
            query = schema.load(ExplainTurn, told)
        except InvalidMessage as invalid:
            raise UnknownNumber(**told) from invalid
        resp.data = orjson.dumps(schema.dump(await turn_of(self._backend, query)))
