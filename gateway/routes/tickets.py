"""The ticket of a booking: its QR code as a picture, and the whole of it for paper."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.booking import Booking, GetBooking
from gateway.backend import Backend
from gateway.commands import load_query
from gateway.offices import OfficeDirectory
from gateway.operation import Operation, Parameter
from gateway.paper.calendar import ticket_calendar
from gateway.paper.ticket import Paper, ticket_pdf
from gateway.qr import ticket_png, ticket_svg
from gateway.routes.bookings import CITIZEN, own_booking

_SVG, _PNG = "image/svg+xml", "image/png"
PDF, CALENDAR = "application/pdf", "text/calendar"
WITHOUT_TICKET = (
    "unknown_booking",
    "booking_cancelled",
    "visit_over",
    "payment_due",
    "hold_ended",
    "slot_not_chosen",
)


# One at a time, beside the event loop: a rush for paper takes at most half of the processor from the rest.
_PRINTER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="ticket-pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPaper:
    """What a ticket is printed on."""

    paper: Paper = "a6"


PAPER = {"paper": Parameter(contract=TicketPaper, field="paper", required=False)}


class BookingCancelled(Refused):
    """A booking that was given up has no ticket."""

    code = "booking_cancelled"


class VisitOver(Refused):
    """Nor has one whose person was served; data: `code`."""

    code = "visit_over"


class PaymentDue(Refused):
    """A booking that is not paid yet has no ticket; data: `code`."""

    code = "payment_due"


class HoldEnded(Refused):
    """Nor has one that was not paid in time."""

    code = "hold_ended"


class SlotNotChosen(Refused):
    """Nor one that is paid, and whose person has not chosen a time."""

    code = "slot_not_chosen"


_WITHOUT_TICKET: Mapping[str, type[Refused]] = {
    "served": VisitOver,
    "held": PaymentDue,
    "expired": HoldEnded,
    "paid": SlotNotChosen,
}


class TicketSvg:
    """/v1/bookings/{code}/ticket.svg."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(media_type=_SVG, roles=CITIZEN, refusals=WITHOUT_TICKET)
    async def on_get(self, req: Request, resp: Response, code: str) -> None:
        """Draw the ticket's QR code as SVG; it scales to any size."""
        resp.data = ticket_svg(await _ticket_text(self._backend, req, code))
        resp.content_type = _SVG


class TicketPng:
    """/v1/bookings/{code}/ticket.png."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(media_type=_PNG, roles=CITIZEN, refusals=WITHOUT_TICKET)
    async def on_get(self, req: Request, resp: Response, code: str) -> None:
        """Draw the ticket's QR code as PNG, eight pixels a module."""
        resp.data = ticket_png(await _ticket_text(self._backend, req, code))
        resp.content_type = _PNG


class TicketPdf:
    """/v1/bookings/{code}/ticket.pdf."""

    def __init__(self, backend: Backend, directory: OfficeDirectory) -> None:
        self._backend = backend
        self._directory = directory

    @Operation(
        media_type=PDF,
        query=PAPER,
        roles=CITIZEN,
        refusals=WITHOUT_TICKET,
    )
    async def on_get(self, req: Request, resp: Response, code: str) -> None:
        """Draw the whole ticket as PDF, for A6 or for a thermal printer's roll of 80 mm.

        In the asker's language; fonts are part of it, and the QR code is drawn as lines.
        """
        paper = wanted_paper(req)
        booking = await self._backend.ask(own_booking(GetBooking, req, code))
        office = self._directory.find(booking.office)
        await print_ticket(resp, booking, partial(ticket_pdf, booking, office, req.context.locale, paper))


class TicketCalendar:
    """/v1/bookings/{code}/ticket.ics."""

    def __init__(self, backend: Backend, directory: OfficeDirectory, public_url: str) -> None:
        self._backend = backend
        self._directory = directory
        self._public_url = public_url

    @Operation(media_type=CALENDAR, roles=CITIZEN, refusals=WITHOUT_TICKET)
    async def on_get(self, req: Request, resp: Response, code: str) -> None:
        """Write the booking as an entry of a calendar (iCalendar); it reminds a day and two hours before."""
        booking = await self._backend.ask(own_booking(GetBooking, req, code))
        _require_ticket(booking.code, booking.status, booking.ticket)
        office, now = self._directory.find(booking.office), datetime.now(UTC)
        resp.data = ticket_calendar(booking, office, req.context.locale, public_url=self._public_url, now=now)
        resp.content_type = CALENDAR
        resp.viewable_as = f"{booking.code}.ics"


def wanted_paper(req: Request) -> Paper:
    """Read from the address what the ticket is printed on. Raises InvalidMessage."""
    return load_query(TicketPaper, req, {"paper": "paper"}).paper


async def print_ticket(resp: Response, booking: Booking, draw: Callable[..., bytes]) -> None:
    """Answer a booking's ticket as it is drawn. Raises why it has none."""
    _require_ticket(booking.code, booking.status, booking.ticket)
    has_begun = booking.starts_at <= datetime.now(UTC)
    resp.data = await asyncio.get_running_loop().run_in_executor(_PRINTER, partial(draw, has_begun=has_begun))
    resp.content_type = PDF
    resp.viewable_as = f"{booking.code}.pdf"


async def _ticket_text(backend: Backend, req: Request, code: str) -> str:
    booking = await backend.ask_plain(own_booking(GetBooking, req, code))
    ticket: str = booking["ticket"]
    _require_ticket(booking["code"], booking["status"], ticket)
    return ticket


def _require_ticket(code: str, status: str, ticket: str) -> None:
    if not ticket:
        raise _WITHOUT_TICKET.get(status, BookingCancelled)(code=code)
