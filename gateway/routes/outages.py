"""Hours at which offices do not work, as those learn of them who have booked."""

import orjson
from falcon.asgi import Request, Response

from contracts.requests.outages import BookingOutages, ListOwnOutages
from contracts.words import Role
from gateway.auth import require
from gateway.backend import Backend
from gateway.operation import Operation

_CITIZEN: tuple[Role, ...] = ("citizen",)


class OwnOutages:
    """/v1/bookings/outages."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=BookingOutages, roles=_CITIZEN)
    async def on_get(self, req: Request, resp: Response) -> None:
        """List which of one's own bookings stand at a time at which the office does not work, and why.

        Such a booking is not lost: it stands until its person gives it up, or the office works after all.
        """
        access = require(req, _CITIZEN)
        query = ListOwnOutages(person_id=access.subject)
        resp.data = orjson.dumps(await self._backend.ask_plain(query))
