"""Registering, the second step: the codes that came to the phone and to the mailbox.

GET  /daftar/kode/{registration}        the form
POST /daftar/kode/{registration}        ── right ──▶ signed in, on to where one wanted to go
                                        ── wrong ──▶ 303 to the form, which says how often one may still try
POST /daftar/kode/{registration}/ulang  ── other codes are on their way ──▶ the form
"""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.accounts import ResendCodes, VerifyAccount
from gateway.auth import begin_session
from gateway.pages.citizen.draft import draft_of, drop_draft
from gateway.pages.forms import FormFaults, fill, local_address, read_form
from gateway.pages.sent_back import SentBack, send_back, sent_back
from gateway.pages.site import Site, go_to, is_citizen

_FIELDS = ("phone_code", "email_code")
_SENT_ANEW = "dikirim"


class CodeEntry:
    """`/daftar/kode/{registration}`: type both codes, and be signed in."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, registration: UUID) -> None:
        """Show the form, and where the codes went; a citizen who is signed in already goes on."""
        if is_citizen(req):
            raise falcon.HTTPSeeOther(local_address(req.get_param("lanjut"), "/pesanan"))
        wrong = sent_back(req, resp)
        kept = {name: wrong.typed.get(name, "") for name in _FIELDS}
        kept["lanjut"] = local_address(req.get_param("lanjut"), "")
        self._site.renderer.show(
            req, resp, "citizen/codes.html", registration=str(registration), form=kept, faults=wrong.faults,
            refused=wrong.refused, sent_anew=req.has_param(_SENT_ANEW), sent_to=draft_of(req),
        )  # fmt: skip

    async def on_post(self, req: Request, resp: Response, registration: UUID) -> None:
        """Make the account and go on, or lead back to the form with what is wrong."""
        form = await read_form(req)
        codes = {name: "".join(filter(str.isalnum, form.get(name, ""))) for name in _FIELDS}
        try:
            wanted = fill(VerifyAccount, {**codes, "registration_id": str(registration)})
            session = await self._site.backend.ask(wanted)
        except (FormFaults, Refused) as reason:
            typed = {name: form.get(name, "") for name in _FIELDS}
            self._send_back(resp, registration, form, SentBack.because(reason, typed))
        else:
            begin_session(resp, session, secure=self._site.secure)
            drop_draft(resp)
            go_to(resp, local_address(form.get("lanjut"), "/"))

    async def on_post_again(self, req: Request, resp: Response, registration: UUID) -> None:
        """Have other codes sent, and show the form."""
        form = await read_form(req)
        try:
            await self._site.backend.ask(ResendCodes(registration_id=str(registration)))
        except Refused as refused:
            self._send_back(resp, registration, form, SentBack(refused=refused))
        else:
            go_to(resp, _address(registration, form, {_SENT_ANEW: "1"}))

    async def on_get_again(self, req: Request, resp: Response, registration: UUID) -> None:
        """Lead to the form: nothing is sent by opening an address."""
        go_to(resp, _address(registration, {"lanjut": req.get_param("lanjut", default="")}))

    def _send_back(
        self, resp: Response, registration: UUID, form: Mapping[str, str], wrong: SentBack
    ) -> None:
        send_back(resp, _address(registration, form), wrong, secure=self._site.secure)


def _address(registration: UUID, form: Mapping[str, str], more: Mapping[str, str] | None = None) -> str:
    """Return the form's page, with the way on."""
    onward = local_address(form.get("lanjut"), "")
    query = {**(more or {}), **({"lanjut": onward} if onward else {})}
    return f"/daftar/kode/{registration}" + (f"?{urlencode(query)}" if query else "")
