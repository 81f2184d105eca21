"""People without a booking take a number at the door; and numbers of the hall on paper."""

import orjson
from falcon import HTTP_201
from falcon.asgi import Request, Response

from contracts.requests.checkin import Admission
from contracts.requests.walk_in import GetAdmission, GetWalkIns, IssueWalkIn, WalkIns
from contracts.words import Role
from gateway.auth import require
from gateway.backend import Backend
from gateway.commands import load_body, read_json
from gateway.offices import OfficeDirectory
from gateway.operation import Operation
from gateway.paper.hall_ticket import hall_ticket_escpos, hall_ticket_words
from gateway.qr import follow_address

ESC_POS = "application/octet-stream"
_ADMITTING: tuple[Role, ...] = ("kiosk", "officer")


class WalkInResource:
    """/v1/offices/{office}/walk-ins."""

    def __init__(self, backend: Backend, directory: OfficeDirectory) -> None:
        self._backend = backend
        self._directory = directory

    @Operation(answers=WalkIns, refusals=("unknown_office",))
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Read how many places each service has left today for who walks in, and how many people wait.

        Without services the office does not work today, or its last hour is over.
        """
        self._directory.find(office)
        resp.data = orjson.dumps(await self._backend.ask_plain(GetWalkIns(office=office)))

    @Operation(
        takes=IssueWalkIn,
        given=("office",),
        answers=Admission,
        status=201,
        roles=_ADMITTING,
        refusals=(
            "other_office",
            "unknown_office",
            "unknown_service_here",
            "office_not_open_today",
            "walk_ins_over",
            "walk_in_full",
        ),
    )
    async def on_post(self, req: Request, resp: Response, office: str) -> None:
        """Give somebody without a booking a number; `priority` is what they say of themselves.

        `request_id` is any text of the asker's own: the same one again gives the same number.
        """
        require(req, _ADMITTING, office)
        command = load_body(IssueWalkIn, await read_json(req), office=office)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_201


class WalkInTicketEscPos:
    """/v1/offices/{office}/walk-ins/{ticket_id}/ticket.escpos."""

    def __init__(self, backend: Backend, directory: OfficeDirectory, *, public_url: str) -> None:
        self._backend = backend
        self._directory = directory
        self._public_url = public_url

    @Operation(
        media_type=ESC_POS, roles=_ADMITTING, refusals=("other_office", "unknown_office", "unknown_ticket")
    )
    async def on_get(self, req: Request, resp: Response, office: str, ticket_id: str) -> None:
        """Draw a number of today's hall for a receipt printer of 80 mm: send the bytes to it as they are.

        In the asker's language.
        """
        require(req, _ADMITTING, office)
        found = self._directory.find(office)
        admission = await self._backend.ask(GetAdmission(office=office, ticket_id=ticket_id))
        words = hall_ticket_words(admission, found, req.context.locale)
        address = follow_address(self._public_url, office, admission.number)
        resp.data = hall_ticket_escpos(words, address=address)
        resp.content_type = ESC_POS
        resp.downloadable_as = f"{admission.number}.escpos"


class ScannedTicketEscPos(WalkInTicketEscPos):
    """/v1/offices/{office}/scans/{ticket_id}/ticket.escpos."""
