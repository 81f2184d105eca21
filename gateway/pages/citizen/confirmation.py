"""Booking the chosen hour.

GET  ── the slot is there ──▶ confirm.html, with a fresh idempotency key
POST ── booked ─────────────▶ 303 to the ticket
     ── full, over, gone ───▶ hours.html of the same day
     ── other refusal ──────▶ confirm.html with the reason
     ── outcome unknown ────▶ unsure.html: the same key again, so trying again books once
"""

import uuid

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.booking import BookSlot
from gateway.errors import status
from gateway.pages.citizen.slots import Choice, slots_of
from gateway.pages.forms import FormFaults, fill, read_form
from gateway.pages.site import Site, go_to, signed_in

_HOUR_IS_GONE = frozenset({"slot_full", "slot_over", "unknown_slot"})
_NOT_SURE = frozenset({"no_answer", "outcome_unknown", "service_unavailable", "internal"})


class SlotGone(Refused):
    """The slot is not, or no longer, among those of its day."""

    code = "unknown_slot"


class Confirmation:
    """`/kantor/{office}/{service}/{day}/{slot_id}`: look once more, then book."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, slot_id: str, **path: str) -> None:
        """Show what will be booked."""
        signed_in(req, {"citizen"})
        await self._show(req, resp, Choice.of(self._site, path), slot_id, key=str(uuid.uuid4()))

    async def on_post(self, req: Request, resp: Response, slot_id: str, **path: str) -> None:
        """Book and show the ticket; sent twice, it books once."""
        access = signed_in(req, {"citizen"})
        choice = Choice.of(self._site, path)
        key = (await read_form(req)).get("idempotency_key", "")
        wish = {"person_id": access.subject, "slot_id": slot_id, "idempotency_key": key}
        try:
            booking = await self._site.backend.ask(fill(BookSlot, wish))
        except FormFaults:
            go_to(resp, req.path)
        except Refused as refused:
            resp.status = falcon.code_to_http_status(status(refused.code))
            await self._show(req, resp, choice, slot_id, key=key, refused=refused)
        else:
            go_to(resp, f"/tiket/{booking.code}?baru=1")

    async def _show(
        self,
        req: Request,
        resp: Response,
        choice: Choice,
        slot_id: str,
        *,
        key: str,
        refused: Refused | None = None,
    ) -> None:
        values = {"choice": choice, "key": key}
        if refused is not None and refused.code in _NOT_SURE:
            self._site.renderer.show(req, resp, "citizen/unsure.html", refused=refused, **values)
            return
        slots = await slots_of(self._site, choice)
        slot = next((slot for slot in slots if slot.slot_id == slot_id), None)
        if slot is None and refused is None:
            refused = SlotGone()
            resp.status = falcon.HTTP_404
        gone = slot is None or (refused is not None and refused.code in _HOUR_IS_GONE)
        template = "citizen/hours.html" if gone else "citizen/confirm.html"
        self._site.renderer.show(req, resp, template, slots=slots, slot=slot, refused=refused, **values)
