"""For whom an hour is booked, and how they agreed: two screens, and then the ticket.

GET  ─────────────────────────▶ applicant.html: who it is
POST langkah=orang   faults ──▶ applicant.html       ── in order ─▶ consent.html, with who it is along
POST langkah=ubah ────────────▶ applicant.html, as it was filled in
POST langkah=pesan   booked ──▶ 303 to the ticket    ── refused ──▶ the screen on which it can be mended
POST, the hour is gone ───────▶ 303 to the hours of the same day, which say so, with the nearest ones

What was typed travels in the pages alone: another's NIK belongs neither into an address nor into a cookie,
least of all on a computer that many use. So these screens, unlike other forms, are answered with a page.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.assistance import BookWithAssistance
from contracts.requests.booking import Slot, Slots
from gateway.errors import status
from gateway.pages.assist.clerk import Clerk, clerk_at
from gateway.pages.assist.hours import choice_of, lead_to_hours
from gateway.pages.citizen.choice import HOUR_IS_GONE, Choice, HourGone, bookable, leave_by, slots_of
from gateway.pages.citizen.person_form import fill_person
from gateway.pages.citizen.shown_as import previews_of_form
from gateway.pages.flash import say_next
from gateway.pages.forms import FormFaults, faults_of, read_form
from gateway.pages.site import Site, go_to

FORMS_OF_ADDRESS = ("Pak", "Bu", "Kak", "Adik")
CLASSES = ("regular", "elderly", "disabled", "pregnant", "infant", "ill")
CONSENTS = ("spoken", "written", "by_guardian")
OF_THE_PERSON = ("name", "nik", "birth_date", "address", "nickname", "shown_as")
"""The fields of the first screen; the others are the second's."""

_FIELD_OF_CODE = {
    "bad_nik": "nik",
    "birth_date_not_of_nik": "birth_date",
    "bad_phone": "phone",
    "not_of_class": "priority",
    "consent_missing": "consent",
}

Screen = Literal["applicant", "consent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """What is about to be booked: the hour, and what was filled in so far."""

    clerk: Clerk
    choice: Choice
    slot_id: str
    form: Mapping[str, str]


class ApplicantForm:
    """`/bantu/{office}/{service}/{day}/{slot_id}`: who comes, how they agreed, booked."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str, slot_id: str, **path: str) -> None:
        """Ask who it is."""
        clerk = await clerk_at(self._site, req, office)
        choice = choice_of(self._site, req, clerk, path)
        form = {"idempotency_key": str(uuid.uuid4())}
        wish = _Wish(clerk=clerk, choice=choice, slot_id=slot_id, form=form)
        await self._show(req, resp, wish, "applicant")

    async def on_post(self, req: Request, resp: Response, office: str, slot_id: str, **path: str) -> None:
        """Go on to the second screen, back to the first, or book; sent twice, it books once."""
        clerk = await clerk_at(self._site, req, office)
        form = await read_form(req)
        wish = _Wish(clerk=clerk, choice=choice_of(self._site, req, clerk, path), slot_id=slot_id, form=form)
        step = form.get("langkah")
        if step == "pesan":
            await self._book(req, resp, wish)
        elif step == "ubah":
            await self._show(req, resp, wish, "applicant")
        else:
            await self._look_at_person(req, resp, wish)

    async def _look_at_person(self, req: Request, resp: Response, wish: _Wish) -> None:
        try:
            command_of(wish.clerk, wish.choice, wish.slot_id, {**wish.form, **_AGREED})
        except FormFaults as faulty:
            await self._mend(req, resp, wish, faulty.faults)
        else:
            await self._show(req, resp, wish, "consent")

    async def _book(self, req: Request, resp: Response, wish: _Wish) -> None:
        try:
            command = command_of(wish.clerk, wish.choice, wish.slot_id, wish.form)
            booking = await self._site.backend.ask(command)
        except FormFaults as faulty:
            await self._mend(req, resp, wish, faulty.faults)
        except Refused as refused:
            await self._refuse(req, resp, wish, refused)
        else:
            say_next(resp, "booked", booking.code, secure=self._site.secure)
            go_to(resp, f"/bantu/{booking.office}/tiket/{booking.code}")

    async def _refuse(self, req: Request, resp: Response, wish: _Wish, refused: Refused) -> None:
        if refused.code in HOUR_IS_GONE:
            lead_to_hours(self._site, resp, wish.choice, gone=wish.slot_id, refused=refused)
            return
        resp.status = falcon.code_to_http_status(status(refused.code))
        field = _FIELD_OF_CODE.get(refused.code)
        faults = {field: refused.code} if field else faults_of(refused)
        if faults:
            await self._mend(req, resp, wish, faults)
        else:
            await self._show(req, resp, wish, "consent", refused=refused)

    async def _mend(self, req: Request, resp: Response, wish: _Wish, faults: Mapping[str, str]) -> None:
        """Show the first screen that has a fault."""
        resp.status = falcon.HTTP_422
        screen: Screen = "applicant" if faults.keys() & set(OF_THE_PERSON) else "consent"
        await self._show(req, resp, wish, screen, faults=faults)

    async def _show(
        self,
        req: Request,
        resp: Response,
        wish: _Wish,
        screen: Screen,
        *,
        faults: Mapping[str, str] | None = None,
        refused: Refused | None = None,
    ) -> None:
        try:
            slots = await slots_of(self._site, wish.choice)
            slot = bookable(slots, wish.slot_id)
        except HourGone as gone:
            lead_to_hours(self._site, resp, wish.choice, gone=wish.slot_id, refused=refused or gone)
            return
        self._site.renderer.show(
            req, resp, f"assist/{screen}.html", wish=wish, choice=wish.choice, office=wish.choice.office,
            form=wish.form, faults=faults or {}, refused=refused, forms_of_address=FORMS_OF_ADDRESS,
            classes=CLASSES, consents=CONSENTS, of_the_person=OF_THE_PERSON,
            previews=previews_of_form(wish.form), **_times(slot, slots),
        )  # fmt: skip


_AGREED = {"consent_given": "spoken", "phone": "", "priority": ""}
"""What stands for the second screen while the first is looked at."""


def command_of(clerk: Clerk, choice: Choice, slot_id: str, form: Mapping[str, str]) -> BookWithAssistance:
    """Read the form. Raises FormFaults, in the order of the screens."""
    more = {
        **clerk.asks,
        "for_service": choice.service,
        "slot_id": slot_id,
        "idempotency_key": form.get("idempotency_key", ""),
        "phone": form.get("phone", ""),
        "priority": form.get("priority", ""),
        "via_village": clerk.village is not None and "via_village" in form,
        "consent_given": form.get("consent_given", ""),
        "consent": "consent" in form,
    }
    if choice.district is not None:
        more["district"] = choice.district
    return fill_person(BookWithAssistance, form, more, forms_of_address=FORMS_OF_ADDRESS)


def _times(slot: Slot, slots: Slots) -> dict[str, object]:
    """Tell what the page says of the hour."""
    return {
        "slot": slot,
        "is_now": slot.starts_at <= datetime.now(UTC),
        "prepaid_amount": slots.prepaid_amount,
        "leave_by": leave_by(slot, slots.travel_minutes),
        "travel_minutes": slots.travel_minutes,
    }
