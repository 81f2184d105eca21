"""`/kantor/{office}/{service}/tunggu`: wait for a place where there is none."""

from collections.abc import Mapping

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.waitlist import JoinWaitlist
from gateway.errors import status
from gateway.pages.citizen.choice import Choice
from gateway.pages.forms import FormFaults, fill, read_form
from gateway.pages.site import Site, go_to, signed_in

_FIELDS = ("first_date", "last_date")


class WaitlistForm:
    """The dates that one would take; the page that leads here names those that are full."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, **path: str) -> None:
        """Show the form, filled in with the dates `mulai` and `sampai`."""
        signed_in(req, {"citizen"}, at="/daftar")
        choice = Choice.of(self._site, path, req)
        first = req.get_param("mulai", default="")
        self._show(req, resp, choice, {"first_date": first, "last_date": req.get_param("sampai") or first})

    async def on_post(self, req: Request, resp: Response, **path: str) -> None:
        """Join the waitlist and show it among one's bookings, or the form again with what is wrong."""
        access = signed_in(req, {"citizen"}, at="/daftar")
        choice = Choice.of(self._site, path, req)
        form = await read_form(req)
        told = {"person_id": access.subject, "office": choice.office.office, "for_service": choice.service}
        try:
            wish = fill(JoinWaitlist, {**told, **{name: form.get(name, "") for name in _FIELDS}})
            await self._site.backend.ask(wish)
        except FormFaults as faulty:
            resp.status = falcon.HTTP_422
            self._show(req, resp, choice, form, faults=faulty.faults)
        except Refused as refused:
            resp.status = falcon.code_to_http_status(status(refused.code))
            self._show(req, resp, choice, form, refused=refused)
        else:
            go_to(resp, "/pesanan")

    def _show(
        self,
        req: Request,
        resp: Response,
        choice: Choice,
        form: Mapping[str, str],
        *,
        faults: Mapping[str, str] | None = None,
        refused: Refused | None = None,
    ) -> None:
        kept = {name: form.get(name, "") for name in _FIELDS}
        self._site.renderer.show(
            req, resp, "citizen/waitlist.html", choice=choice, form=kept, faults=faults or {}, refused=refused
        )
