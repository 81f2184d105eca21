"""A citizen's tickets: showing one, or what is paid for it first, and giving it up."""

from datetime import UTC, datetime

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.booking import Booking, CancelBooking, CancelParty, GetBooking
from contracts.requests.outages import BookingOutage
from contracts.schema import InvalidMessage, load
from gateway.pages.citizen.bill import PAGES, Bill
from gateway.pages.citizen.outages import outages_of
from gateway.pages.citizen.wallet import let_phone_keep, let_phone_not_keep
from gateway.pages.flash import said
from gateway.pages.forms import read_form
from gateway.pages.sent_back import SentBack, send_back, sent_back
from gateway.pages.site import Site, go_to, signed_in
from gateway.qr import ticket_svg

_CHECKED = "periksa"


class TicketPage:
    """`/tiket/{code}`: the ticket with its QR code, to show on the phone or to print.

    Who has none because of the payment sees the bill, or what else is to be done. `?periksa=1` asks whether
    the money has come: the answer is said.
    """

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, code: str) -> None:
        """Show the ticket."""
        booking = await own_booking(self._site, req, code)
        access = signed_in(req, {"citizen"})
        if booking.status in PAGES:
            let_phone_not_keep(resp, access)
        else:
            let_phone_keep(resp, access, [booking])
        outages = await outages_of(self._site, access.subject)
        self._show(req, resp, booking, outages.get(booking.code))

    def _show(self, req: Request, resp: Response, booking: Booking, outage: BookingOutage | None) -> None:
        done = said(req, resp, booking.code)
        office = self._site.directory.find(booking.office)
        qr = ticket_svg(booking.ticket).decode()
        now = datetime.now(UTC)
        self._site.renderer.show(
            req,
            resp,
            PAGES.get(booking.status, "citizen/ticket.html"),
            booking=booking,
            bill=Bill.of(booking, now=now),
            is_now=booking.starts_at <= now < booking.ends_at,
            is_over=booking.ends_at <= now,
            checked=req.has_param(_CHECKED),
            office=office,
            qr=qr,
            done=done,
            outage=outage,
        )


class CancelTicket:
    """`/tiket/{code}/batal`: give a booking up, after asking once."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, code: str) -> None:
        """Ask whether it is meant."""
        booking = await own_booking(self._site, req, code)
        self._site.renderer.show(
            req, resp, "citizen/cancel.html", booking=booking, bill=Bill.of(booking, now=datetime.now(UTC)),
            office=self._site.directory.find(booking.office), refused=sent_back(req, resp).refused,
        )  # fmt: skip

    async def on_post(self, req: Request, resp: Response, code: str) -> None:
        """Cancel, for all of a party where that was pressed, and show the ticket as cancelled."""
        booking = await own_booking(self._site, req, code)
        access = signed_in(req, {"citizen"})
        for_all = "semua" in await read_form(req)
        command = CancelParty if for_all else CancelBooking
        try:
            await self._site.backend.ask(command(person_id=access.subject, code=booking.code))
        except Refused as refused:
            send_back(resp, req.path, SentBack(refused=refused), secure=self._site.secure)
        else:
            go_to(resp, f"/tiket/{booking.code}")


async def own_booking(site: Site, req: Request, code: str) -> Booking:
    """Return a booking of who asks, who is sent to sign in first. Raises UnknownBooking, HTTPNotFound."""
    access = signed_in(req, {"citizen"})
    try:
        query = load(GetBooking, {"person_id": access.subject, "code": code.upper()})
    except InvalidMessage:
        raise falcon.HTTPNotFound from None
    return await site.backend.ask(query)
