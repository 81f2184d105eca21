"""Registering, the second step: the codes that came to the phone and to the mailbox.

GET  /daftar/kode/{registration}        the form
POST /daftar/kode/{registration}        ── right ──▶ signed in, on to where one wanted to go
                                        ── wrong ──▶ the form, with how often one may still try
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
from gateway.errors import status
from gateway.pages.citizen.draft import drop_draft
from gateway.pages.forms import FormFaults, fill, local_address, read_form
from gateway.pages.site import Site, go_to, is_citizen

_FIELDS = ("phone_code", "email_code")
_SENT_ANEW = "dikirim"


class CodeEntry:
    """`/daftar/kode/{registration}`: type both codes, and be signed in."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, registration: UUID) -> None:
        """Show the form; a citizen who is signed in already goes on."""
        if is_citizen(req):
            raise falcon.HTTPSeeOther(local_address(req.get_param("lanjut"), "/pesanan"))
        form = {"lanjut": req.get_param("lanjut", default="")}
        self._show(req, resp, registration, form, sent_anew=req.has_param(_SENT_ANEW))

    async def on_post(self, req: Request, resp: Response, registration: UUID) -> None:
        """Make the account and go on, or show the form again with what is wrong."""
        form = await read_form(req)
        codes = {name: "".join(filter(str.isalnum, form.get(name, ""))) for name in _FIELDS}
        try:
            wanted = fill(VerifyAccount, {**codes, "registration_id": str(registration)})
            session = await self._site.backend.ask(wanted)
        except FormFaults as faulty:
            resp.status = falcon.HTTP_422
            self._show(req, resp, registration, form, faults=faulty.faults)
        except Refused as refused:
            resp.status = falcon.code_to_http_status(status(refused.code))
            self._show(req, resp, registration, form, refused=refused)
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
            resp.status = falcon.code_to_http_status(status(refused.code))
            self._show(req, resp, registration, form, refused=refused)
        else:
            onward = local_address(form.get("lanjut"), "")
            query = urlencode({_SENT_ANEW: "1"} | ({"lanjut": onward} if onward else {}))
            go_to(resp, f"/daftar/kode/{registration}?{query}")

    def _show(
        self,
        req: Request,
        resp: Response,
        registration: UUID,
        form: Mapping[str, str],
        *,
        faults: Mapping[str, str] | None = None,
        refused: Refused | None = None,
        sent_anew: bool = False,
    ) -> None:
        kept = {name: form.get(name, "") for name in _FIELDS}
        kept["lanjut"] = local_address(form.get("lanjut"), "")
        values = {"form": kept, "faults": faults or {}, "refused": refused, "sent_anew": sent_anew}
        self._site.renderer.show(req, resp, "citizen/codes.html", registration=str(registration), **values)
