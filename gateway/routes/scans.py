"""Tickets held to the reader at the office."""

import orjson
from falcon import HTTP_201
from falcon.asgi import Request, Response

from contracts.requests.checkin import Admission, ScanTicket
from contracts.words import Role
from gateway.auth import require
from gateway.backend import Backend
from gateway.commands import load_body, read_json
from gateway.operation import Operation

_ADMITTING: tuple[Role, ...] = ("kiosk", "officer")


class Scans:
    """/v1/offices/{office}/scans."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=ScanTicket,
        given=("office",),
        answers=Admission,
        status=201,
        roles=_ADMITTING,
        refusals=(
            "other_office",
            "unknown_office",
            "ticket_tampered",
            "ticket_expired",
            "unknown_ticket",
            "ticket_other_office",
            "ticket_other_day",
            "booking_cancelled",
            "too_early",
            "too_late",
            "already_scanned",
            "already_called",
            "visit_over",
            "absent_again",
            "outcome_unknown",
        ),
    )
    async def on_post(self, req: Request, resp: Response, office: str) -> None:
        """Admit a ticket: `ticket` is the QR code's text, or the booking code typed in.

        One to whose calls nobody came waits anew under its number, once a day; then `is_back` is true. Who
        comes after the grace of their appointment waits behind those who are here: `is_late`.
        """
        require(req, _ADMITTING, office)
        command = load_body(ScanTicket, await read_json(req), office=office)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_201
