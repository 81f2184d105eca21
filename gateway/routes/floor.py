"""An office's floor for its staff, and anybody's place in its queue."""

import orjson
from falcon.asgi import Request, Response

from contracts import schema
from contracts.refusals import Refused
from contracts.requests.floor import ExplainTurn, Floor, GetFloor
from contracts.schema import InvalidMessage
from gateway.auth import require
from gateway.backend import Backend
from gateway.operation import Operation
from gateway.routes.counters import STAFF
from gateway.turns import ToldTurn, turn_of


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
