"""The QR code of a booking as a picture."""

from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.booking import GetBooking
from gateway.backend import Backend
from gateway.operation import Operation
from gateway.qr import ticket_png, ticket_svg
from gateway.routes.bookings import CITIZEN, own_booking

_SVG, _PNG = "image/svg+xml", "image/png"
_REFUSALS = ("unknown_booking", "booking_cancelled")


class BookingCancelled(Refused):
    """A booking that was given up has no ticket."""

    code = "booking_cancelled"


class TicketSvg:
    """/v1/bookings/{code}/ticket.svg."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(media_type=_SVG, roles=CITIZEN, refusals=_REFUSALS)
    async def on_get(self, req: Request, resp: Response, code: str) -> None:
        """Draw the ticket's QR code as SVG; it scales to any size."""
        resp.data = ticket_svg(await _ticket_text(self._backend, req, code))
        resp.content_type = _SVG


class TicketPng:
    """/v1/bookings/{code}/ticket.png."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(media_type=_PNG, roles=CITIZEN, refusals=_REFUSALS)
    async def on_get(self, req: Request, resp: Response, code: str) -> None:
        """Draw the ticket's QR code as PNG, eight pixels a module."""
        resp.data = ticket_png(await _ticket_text(self._backend, req, code))
        resp.content_type = _PNG


async def _ticket_text(backend: Backend, req: Request, code: str) -> str:
    booking = await backend.ask_plain(own_booking(GetBooking, req, code))
    ticket: str = booking["ticket"]
    if not ticket:
        raise BookingCancelled
    return ticket
