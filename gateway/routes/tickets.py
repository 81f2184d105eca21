"""The QR code of a booking as a picture."""

from falcon.asgi import Request, Response

from contracts.requests.booking import GetBooking
from gateway.backend import Backend
from gateway.operation import Operation
from gateway.qr import ticket_png, ticket_svg
from gateway.routes.bookings import CITIZEN, own_booking

_SVG, _PNG = "image/svg+xml", "image/png"


class TicketSvg:
    """/v1/bookings/{code}/ticket.svg."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(media_type=_SVG, roles=CITIZEN, refusals=("unknown_booking",))
    async def on_get(self, req: Request, resp: Response, code: str) -> None:
        """Draw the ticket's QR code as SVG; it scales to any size."""
        booking = await self._backend.ask_plain(own_booking(GetBooking, req, code))
        resp.data = ticket_svg(booking["ticket"])
        resp.content_type = _SVG


class TicketPng:
    """/v1/bookings/{code}/ticket.png."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(media_type=_PNG, roles=CITIZEN, refusals=("unknown_booking",))
    async def on_get(self, req: Request, resp: Response, code: str) -> None:
        """Draw the ticket's QR code as PNG, eight pixels a module."""
        booking = await self._backend.ask_plain(own_booking(GetBooking, req, code))
        resp.data = ticket_png(booking["ticket"])
        resp.content_type = _PNG
