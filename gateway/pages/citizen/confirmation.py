"""Booking the chosen hour.

GET  ── a stranger ─────────▶ 303 to register, which leads back here
     ── the slot is there ──▶ confirm.html, with a fresh idempotency key
     ── full, over, gone ───▶ office.html of the same day, with the nearest hours
POST ── booked ─────────────▶ 303 to the ticket
     ── refused ────────────▶ 303 to GET, which shows with the reason
          ── full, over, gone ──▶ office.html, as above
          ── outcome unknown ───▶ unsure.html: the same key again, so trying again books once
          ── any other ─────────▶ confirm.html; what was filled in stays
"""

import asyncio
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

import falcon
from falcon.asgi import Request, Response

from contracts.access import Access
from contracts.refusals import Refused
from contracts.requests.booking import BookSlot, ListBookings
from contracts.requests.dependents import ListDependents
from gateway.errors import status
from gateway.pages.citizen.choice import HOUR_IS_GONE, Choice, HourGone, bookable, leave_by, slots_of
from gateway.pages.citizen.office_page import show_hours
from gateway.pages.citizen.party import PRIORITY_CLASSES, Party, booking_ahead, credit_for
from gateway.pages.citizen.waits import waits_at
from gateway.pages.flash import say_next
from gateway.pages.forms import FormFaults, fill, read_form
from gateway.pages.sent_back import SentBack, send_back, sent_back
from gateway.pages.site import Site, go_to, signed_in

_KEY = "kunci"
_NOT_SURE = frozenset({"no_answer", "outcome_unknown", "service_unavailable", "internal"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What somebody is about to book; `key` lets it be sent twice."""

    access: Access
    choice: Choice
    slot_id: str
    key: str
    party: Party


class Confirmation:
    """`/kantor/{office}/{service}/{day}/{slot_id}`: look once more, then book."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, slot_id: str, **path: str) -> None:
        """Show what will be booked."""
        access = signed_in(req, {"citizen"}, at="/daftar")
        choice = Choice.of(self._site, path, req)
        wrong = sent_back(req, resp)
        wish = _Wish(
            access=access,
            choice=choice,
            slot_id=slot_id,
            key=req.get_param(_KEY) or str(uuid.uuid4()),
            party=Party.of(wrong.typed) if wrong.typed else Party(),
        )
        if wrong.refused is None:
            await self._show(req, resp, wish)
        else:
            await self._refuse(req, resp, wish, wrong.refused)

    async def on_post(self, req: Request, resp: Response, slot_id: str, **path: str) -> None:
        """Book and show the ticket; sent twice, it books once."""
        access = signed_in(req, {"citizen"}, at="/daftar")
        form = await read_form(req)
        wish = _Wish(
            access=access,
            choice=Choice.of(self._site, path, req),
            slot_id=slot_id,
            key=form.get("idempotency_key", ""),
            party=Party.of(form),
        )
        told = {"person_id": access.subject, "slot_id": slot_id, "idempotency_key": wish.key}
        if wish.choice.district is not None:
            told["district"] = wish.choice.district
        try:
            booking = await self._site.backend.ask(fill(BookSlot, {**told, **wish.party.wish}))
        except FormFaults:
            go_to(resp, req.relative_uri)
        except Refused as refused:
            wrong = SentBack(typed=wish.party.fields, refused=refused)
            send_back(resp, self._address(wish, refused), wrong, secure=self._site.secure)
        else:
            say_next(resp, "booked", booking.code, secure=self._site.secure)
            go_to(resp, f"/tiket/{booking.code}?baru=1")

    def _address(self, wish: _Wish, refused: Refused) -> str:
        """Return the page that says why; where the outcome is unknown, a reload of it keeps the key."""
        address = wish.choice.slot_address(wish.slot_id)
        if refused.code not in _NOT_SURE:
            return address
        return f"{address}{'&' if '?' in address else '?'}{urlencode({_KEY: wish.key})}"

    async def _refuse(self, req: Request, resp: Response, wish: _Wish, refused: Refused) -> None:
        if refused.code in _NOT_SURE:
            self._site.renderer.show(req, resp, "citizen/unsure.html", wish=wish, refused=refused)
        elif refused.code in HOUR_IS_GONE:
            await show_hours(self._site, req, resp, wish.choice, gone=wish.slot_id, refused=refused)
        else:
            await self._show(req, resp, wish, refused)

    async def _show(self, req: Request, resp: Response, wish: _Wish, refused: Refused | None = None) -> None:
        slots, bookings, family = await asyncio.gather(
            slots_of(self._site, wish.choice),
            self._site.backend.ask(ListBookings(person_id=wish.access.subject)),
            self._site.backend.ask(ListDependents(guardian_id=wish.access.subject)),
        )
        try:
            slot = bookable(slots, wish.slot_id)
        except HourGone as gone:
            resp.status = falcon.code_to_http_status(status(gone.code))
            await show_hours(self._site, req, resp, wish.choice, gone=wish.slot_id, refused=refused or gone)
            return
        self._site.renderer.show(
            req, resp, "citizen/confirm.html", wish=wish, slot=slot, refused=refused,
            is_now=slot.starts_at <= datetime.now(UTC),
            family=family.dependents, classes=PRIORITY_CLASSES,
            ahead=booking_ahead(bookings.bookings),
            waits=waits_at(wish.choice.office.office, bookings.waits),
            credit=credit_for(wish.choice, bookings.bookings), prepaid_amount=slots.prepaid_amount,
            hold_minutes=slots.hold_minutes,
            leave_by=leave_by(slot, slots.travel_minutes), travel_minutes=slots.travel_minutes,
        )  # fmt: skip
