"""`/pesanan`: a citizen's bookings, what they wait for, and the places that are offered to them."""

import asyncio

from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.booking import ListBookings
from contracts.requests.waitlist import AcceptOffer, LeaveWaitlist, ListWaitlist
from gateway.pages.citizen.bill import by_urgency
from gateway.pages.citizen.outages import outages_of
from gateway.pages.citizen.party import booking_ahead
from gateway.pages.citizen.recovery import RECOVERED
from gateway.pages.citizen.wallet import let_phone_keep
from gateway.pages.flash import said, say_next
from gateway.pages.sent_back import SentBack, send_back, sent_back
from gateway.pages.site import Site, go_to, signed_in

_LIST = "/pesanan"


class MyBookings:
    """`/pesanan`: all of one's own bookings and wishes."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show offers first, then what is to be paid, what stands, and the others."""
        access = signed_in(req, {"citizen"})
        answer, waitlist, outages = await asyncio.gather(
            self._site.backend.ask(ListBookings(person_id=access.subject)),
            self._site.backend.ask(ListWaitlist(person_id=access.subject)),
            outages_of(self._site, access.subject),
        )
        let_phone_keep(resp, access, answer.bookings)
        find = self._site.directory.find
        self._site.renderer.show(
            req, resp, "citizen/bookings.html", outages=outages, refused=sent_back(req, resp).refused,
            bookings=[(booking, find(booking.office)) for booking in by_urgency(answer.bookings)],
            wishes=[(wish, find(wish.office)) for wish in waitlist.entries],
            ahead=booking_ahead(answer.bookings), waits=answer.waits,
            is_recovered=said(req, resp, _LIST) == RECOVERED,
            offices={one.office: find(one.office) for one in answer.waits},
        )  # fmt: skip


class OfferTaken:
    """`/daftar-tunggu/{entry_id}/ambil`: take the place that is offered."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, _req: Request, resp: Response, entry_id: str) -> None:
        """Lead to the list: nothing is taken by opening an address."""
        go_to(resp, _LIST)

    async def on_post(self, req: Request, resp: Response, entry_id: str) -> None:
        """Book it and show the ticket; done again it shows the same."""
        access = signed_in(req, {"citizen"})
        try:
            booking = await self._site.backend.ask(AcceptOffer(person_id=access.subject, entry_id=entry_id))
        except Refused as refused:
            send_back(resp, _LIST, SentBack(refused=refused), secure=self._site.secure)
        else:
            say_next(resp, "booked", booking.code, secure=self._site.secure)
            go_to(resp, f"/tiket/{booking.code}?baru=1")


class WishGivenUp:
    """`/daftar-tunggu/{entry_id}/lepas`: wait no longer, or decline the place that is offered."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, _req: Request, resp: Response, entry_id: str) -> None:
        """Lead to the list."""
        go_to(resp, _LIST)

    async def on_post(self, req: Request, resp: Response, entry_id: str) -> None:
        """Give it up; a place that was offered goes to the next."""
        access = signed_in(req, {"citizen"})
        try:
            await self._site.backend.ask(LeaveWaitlist(person_id=access.subject, entry_id=entry_id))
        except Refused as refused:
            send_back(resp, _LIST, SentBack(refused=refused), secure=self._site.secure)
        else:
            go_to(resp, _LIST)
