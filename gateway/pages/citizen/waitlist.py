"""`/kantor/{office}/{service}/tunggu`: wait for a place where there is none."""

from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.waitlist import JoinWaitlist
from gateway.pages.citizen.choice import Choice
from gateway.pages.forms import FormFaults, fill, read_form
from gateway.pages.sent_back import SentBack, send_back, sent_back
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
        wrong = sent_back(req, resp)
        asked = {"first_date": first, "last_date": req.get_param("sampai") or first}
        self._site.renderer.show(
            req, resp, "citizen/waitlist.html", choice=choice, form={**asked, **wrong.typed},
            faults=wrong.faults, refused=wrong.refused,
        )  # fmt: skip

    async def on_post(self, req: Request, resp: Response, **path: str) -> None:
        """Join the waitlist and show it among one's bookings, or lead back to the form with what is wrong."""
        access = signed_in(req, {"citizen"}, at="/daftar")
        choice = Choice.of(self._site, path, req)
        form = await read_form(req)
        told = {"person_id": access.subject, "office": choice.office.office, "for_service": choice.service}
        try:
            wish = fill(JoinWaitlist, {**told, **{name: form.get(name, "") for name in _FIELDS}})
            await self._site.backend.ask(wish)
        except (FormFaults, Refused) as reason:
            typed = {name: form.get(name, "") for name in _FIELDS}
            send_back(resp, req.relative_uri, SentBack.because(reason, typed), secure=self._site.secure)
        else:
            go_to(resp, "/pesanan")
