"""Officers and village clerks book for people who cannot do it alone."""

from functools import partial
from typing import TypeVar

import orjson
from falcon import HTTP_201
from falcon.asgi import Request, Response

from contracts import schema
from contracts.requests.assistance import (
    BookWithAssistance,
    CancelAssistedBooking,
    GetAssistedBooking,
    GetVillage,
    ListAssistedDays,
    ListAssistedSlots,
    Village,
)
from contracts.requests.booking import Booking, Days, Slots
from contracts.schema import InvalidMessage
from contracts.words import Role
from gateway.assisting import ASSISTING, require_assisting
from gateway.auth import require
from gateway.backend import Backend
from gateway.commands import Header, load_body, load_query, read_json
from gateway.offices import OfficeDirectory
from gateway.operation import Operation, Parameter
from gateway.paper.ticket import ticket_pdf
from gateway.routes.bookings import IdempotencyKeyMissing, UnknownBooking
from gateway.routes.tickets import PAPER, PDF, WITHOUT_TICKET, print_ticket, wanted_paper

C = TypeVar("C", GetAssistedBooking, CancelAssistedBooking)

_VILLAGE: tuple[Role, ...] = ("village",)
_CANCELLING = ("unknown_booking", "booking_over", "booking_changed", "visit_begun")
_SLOTS_REFUSED = ("unknown_office", "office_not_open", "unknown_service_here")
_SERVICE = Parameter(contract=ListAssistedSlots, field="for_service")
_DATE = Parameter(contract=ListAssistedSlots, field="date")
_DISTRICT = Parameter(contract=ListAssistedSlots, field="district", required=False)
_KEY = Parameter(contract=BookWithAssistance, field="idempotency_key")


class AssistedBookings:
    """/v1/offices/{office}/assisted-bookings."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=BookWithAssistance,
        given=("office", "officer_id", "role", "idempotency_key"),
        headers={"Idempotency-Key": _KEY},
        answers=Booking,
        status=201,
        roles=ASSISTING,
        refusals=(
            "other_office",
            "idempotency_key_missing",
            "idempotency_key_reused",
            "consent_missing",
            "bad_nik",
            "birth_date_not_of_nik",
            "bad_phone",
            "unknown_office",
            "office_not_covering",
            "no_village",
            "assistance_limit",
            "unknown_slot",
            "slot_full",
            "slot_over",
            "applicant_has_booking",
            "office_not_open",
            "not_of_class",
            "unknown_dependent",
            "no_show_wait",
        ),
    )
    async def on_post(self, req: Request, resp: Response, office: str) -> None:
        """Take a place for somebody with their consent; the answer has the ticket, to be printed for them.

        The audit log keeps who did it. The same key answers the same booking, however often it is sent. A
        village's clerk asks at any office that covers the village's district.
        """
        access = require_assisting(req, office)
        key = req.get_header("Idempotency-Key")
        if key is None:
            raise IdempotencyKeyMissing
        command = load_body(
            BookWithAssistance,
            await read_json(req),
            office=office,
            officer_id=access.subject,
            role=access.role,
            idempotency_key=Header(name="Idempotency-Key", value=key),
        )
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_201


class SingleAssistedBooking:
    """/v1/offices/{office}/assisted-bookings/{code}."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=Booking, roles=ASSISTING, refusals=("other_office", "unknown_booking"))
    async def on_get(self, req: Request, resp: Response, office: str, code: str) -> None:
        """Read a booking that was made for somebody at this office, to print its ticket once more.

        A village's clerk reads those that they made.
        """
        query = assisted(GetAssistedBooking, req, office, code)
        resp.data = orjson.dumps(await self._backend.ask_plain(query))

    @Operation(answers=Booking, roles=ASSISTING, refusals=("other_office", *_CANCELLING))
    async def on_delete(self, req: Request, resp: Response, office: str, code: str) -> None:
        """Cancel it, as its person asks; the audit log keeps who did it."""
        command = assisted(CancelAssistedBooking, req, office, code)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))


class AssistedTicketPdf:
    """/v1/offices/{office}/assisted-bookings/{code}/ticket.pdf."""

    def __init__(self, backend: Backend, directory: OfficeDirectory) -> None:
        self._backend = backend
        self._directory = directory

    @Operation(
        media_type=PDF,
        query=PAPER,
        roles=ASSISTING,
        refusals=("other_office", "unknown_booking", *WITHOUT_TICKET),
    )
    async def on_get(self, req: Request, resp: Response, office: str, code: str) -> None:
        """Draw its ticket as PDF, for A6 or for a thermal printer's roll of 80 mm."""
        paper = wanted_paper(req)
        booking = await self._backend.ask(assisted(GetAssistedBooking, req, office, code))
        found = self._directory.find(booking.office)
        await print_ticket(resp, booking, partial(ticket_pdf, booking, found, req.context.locale, paper))


class AssistedDays:
    """/v1/offices/{office}/assisted-days."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        answers=Days, query={"service": _SERVICE}, roles=ASSISTING, refusals=("other_office", *_SLOTS_REFUSED)
    )
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """List the days with slots; their places include those that are kept for assisted people."""
        require_assisting(req, office)
        query = load_query(ListAssistedDays, req, {"service": "for_service"}, office=office)
        resp.data = orjson.dumps(await self._backend.ask_plain(query))


class AssistedSlots:
    """/v1/offices/{office}/assisted-slots."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        answers=Slots,
        query={"service": _SERVICE, "date": _DATE, "district": _DISTRICT},
        roles=ASSISTING,
        refusals=("other_office", *_SLOTS_REFUSED, "unknown_district"),
    )
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """List the slots of a day; their places include those that are kept for assisted people."""
        require_assisting(req, office)
        names = {"service": "for_service", "date": "date", "district": "district"}
        query = load_query(ListAssistedSlots, req, names, office=office)
        resp.data = orjson.dumps(await self._backend.ask_plain(query))


class OwnVillage:
    """/v1/village."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=Village, roles=_VILLAGE, refusals=("no_village",))
    async def on_get(self, req: Request, resp: Response) -> None:
        """Read for which district a village's clerk stands, and at which offices they may book."""
        clerk = require(req, _VILLAGE)
        resp.data = orjson.dumps(await self._backend.ask_plain(GetVillage(clerk_id=clerk.subject)))


def assisted(contract: type[C], req: Request, office: str, code: str) -> C:
    """Build a request about a booking that was made for somebody.

    Raises UnknownBooking for what can be no booking's code, and what `require_assisting` does.
    """
    access = require_assisting(req, office)
    told = {"officer_id": access.subject, "role": access.role, "office": office, "code": code.upper()}
    try:
        return schema.load(contract, told)
    except InvalidMessage as invalid:
        raise UnknownBooking(code=code) from invalid
