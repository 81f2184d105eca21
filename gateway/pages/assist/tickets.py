"""What was booked for somebody: its ticket, printed as often as it is needed, and given up as they ask."""

from datetime import UTC, datetime

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.assistance import CancelAssistedBooking, GetAssistedBooking
from contracts.schema import InvalidMessage, load
from gateway.pages.assist.clerk import Clerk, clerk_at
from gateway.pages.assist.desk import show_desk
from gateway.pages.citizen.bill import Bill
from gateway.pages.flash import said
from gateway.pages.sent_back import SentBack, send_back, sent_back
from gateway.pages.site import Site, go_to
from gateway.qr import ticket_svg

_NOT_THEIRS = "unknown_booking"


class AssistedTicket:
    """`/bantu/{office}/tiket/{code}`: the ticket, or what is paid first; both to be printed."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str, code: str) -> None:
        """Show it; where there is none, lead back to the field and say whose tickets are found there."""
        clerk = await clerk_at(self._site, req, office)
        try:
            booking = await self._site.backend.ask(_asked(clerk, code))
        except Refused as refused:
            if refused.code != _NOT_THEIRS:
                raise
            resp.status = falcon.HTTP_404
            await show_desk(self._site, req, resp, clerk, typed=code, faults={"kode": "not_assisted"})
            return
        self._site.renderer.show(
            req, resp, "assist/ticket.html", clerk=clerk, office=clerk.office, booking=booking,
            bill=Bill.of(booking, now=datetime.now(UTC)), done=said(req, resp, booking.code),
            qr=ticket_svg(booking.ticket).decode() if booking.ticket else "",
        )  # fmt: skip


class AssistedCancellation:
    """`/bantu/{office}/tiket/{code}/batal`: give it up, after asking once."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str, code: str) -> None:
        """Ask whether it is meant."""
        clerk = await clerk_at(self._site, req, office)
        booking = await self._site.backend.ask(_asked(clerk, code))
        self._site.renderer.show(
            req, resp, "assist/cancel.html", office=clerk.office, booking=booking,
            refused=sent_back(req, resp).refused,
        )  # fmt: skip

    async def on_post(self, req: Request, resp: Response, office: str, code: str) -> None:
        """Cancel, and show that it is."""
        clerk = await clerk_at(self._site, req, office)
        booking = await self._site.backend.ask(_asked(clerk, code))
        try:
            await self._site.backend.ask(load(CancelAssistedBooking, {**clerk.asks, "code": booking.code}))
        except Refused as refused:
            send_back(resp, req.path, SentBack(refused=refused), secure=self._site.secure)
        else:
            go_to(resp, f"/bantu/{office}/tiket/{booking.code}")


def _asked(clerk: Clerk, code: str) -> GetAssistedBooking:
    try:
        return load(GetAssistedBooking, {**clerk.asks, "code": code.upper()})
    except InvalidMessage:
        raise falcon.HTTPNotFound from None
