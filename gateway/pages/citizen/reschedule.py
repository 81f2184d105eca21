"""Moving a booking to another time of the same office and service; the old one stands until the new is sure.

/tiket/{code}/jadwal                     the first free day
/tiket/{code}/jadwal/{day}               ... or another
/tiket/{code}/jadwal/{day}/{slot_id}     what it is now, what it would be, and one button
"""

from dataclasses import dataclass, replace
from datetime import date

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.booking import Booking, RescheduleBooking
from gateway.errors import status
from gateway.pages.citizen.choice import HOUR_IS_GONE, Choice, HourGone, bookable, slots_of
from gateway.pages.citizen.outages import outages_of
from gateway.pages.citizen.tickets import own_booking
from gateway.pages.citizen.timetable import timetable_of
from gateway.pages.flash import say_next
from gateway.pages.sent_back import SentBack, send_back, sent_back
from gateway.pages.site import Site, go_to, signed_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The addresses of the days and hours to which a booking can be moved."""

    code: str
    day: date | None

    def on(self, day: date) -> "Way":
        """Return the way to another day."""
        return replace(self, day=day)

    @property
    def address(self) -> str:
        """The page with the hours of the day."""
        return f"/tiket/{self.code}/jadwal/{self.day}"

    def slot_address(self, slot_id: str) -> str:
        """The page on which the hour is taken."""
        return f"{self.address}/{slot_id}"


class Reschedule:
    """`/tiket/{code}/jadwal[/{day}]`: choose another hour."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, code: str, **path: str) -> None:
        """Show the rules and the hours; a booking that stays where it is has only its ticket's page."""
        booking = await own_booking(self._site, req, code)
        if not can_be_moved(booking):
            go_to(resp, f"/tiket/{booking.code}")
            return
        await show_other_hours(self._site, req, resp, booking, _choice(self._site, req, booking, path))


class NewTime:
    """`/tiket/{code}/jadwal/{day}/{slot_id}`: look once more, then move."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, code: str, slot_id: str, **path: str) -> None:
        """Show the old time and the new."""
        booking = await own_booking(self._site, req, code)
        if not can_be_moved(booking):
            go_to(resp, f"/tiket/{booking.code}")
            return
        choice, refused = _choice(self._site, req, booking, path), sent_back(req, resp).refused
        if refused is not None and refused.code in HOUR_IS_GONE:
            await show_other_hours(self._site, req, resp, booking, choice, gone=slot_id, refused=refused)
        else:
            await self._show(req, resp, booking, choice, slot_id=slot_id, refused=refused)

    async def on_post(self, req: Request, resp: Response, code: str, slot_id: str, **path: str) -> None:
        """Move, and show the new ticket; sent twice, it moves once."""
        booking = await own_booking(self._site, req, code)
        access = signed_in(req, {"citizen"})
        try:
            await self._site.backend.ask(
                RescheduleBooking(person_id=access.subject, code=booking.code, slot_id=slot_id)
            )
        except Refused as refused:
            send_back(resp, req.relative_uri, SentBack(refused=refused), secure=self._site.secure)
        else:
            say_next(
                resp,
                "booked" if booking.status == "paid" else "moved",
                booking.code,
                secure=self._site.secure,
            )
            go_to(resp, f"/tiket/{booking.code}?baru=1")

    async def _show(
        self,
        req: Request,
        resp: Response,
        booking: Booking,
        choice: Choice,
        *,
        slot_id: str,
        refused: Refused | None = None,
    ) -> None:
        try:
            slot = bookable(await slots_of(self._site, choice), slot_id)
        except HourGone as gone:
            resp.status = falcon.code_to_http_status(status(gone.code))
            await show_other_hours(
                self._site, req, resp, booking, choice, gone=slot_id, refused=refused or gone
            )
            return
        self._site.renderer.show(
            req, resp, "citizen/new_time.html", booking=booking, choice=choice, slot=slot, refused=refused,
            way=Way(code=booking.code, day=choice.day),
        )  # fmt: skip


async def show_other_hours(
    site: Site,
    req: Request,
    resp: Response,
    booking: Booking,
    choice: Choice,
    *,
    gone: str | None = None,
    refused: Refused | None = None,
) -> None:
    """Show the hours to which a booking can be moved; `gone` is one that was wanted and cannot be had."""
    timetable = await timetable_of(site, choice, req.context.locale)
    outages = await outages_of(site, signed_in(req, {"citizen"}).subject)
    site.renderer.show(
        req, resp, "citizen/reschedule.html", booking=booking, choice=choice, timetable=timetable,
        way=Way(code=booking.code, day=timetable.choice.day), refused=refused,
        nearest=[] if gone is None else timetable.nearest_to(gone), is_affected=booking.code in outages,
    )  # fmt: skip


def can_be_moved(booking: Booking) -> bool:
    """Tell whether there is any use in choosing an hour; the ticket's page says why not."""
    return booking.moving is not None and booking.moving.can_be_moved


def _choice(site: Site, req: Request, booking: Booking, path: dict[str, str]) -> Choice:
    return Choice.of(site, {**path, "office": booking.office, "service": booking.service}, req)
