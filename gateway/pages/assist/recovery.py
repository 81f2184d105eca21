"""Who has lost phone or mailbox shows the identity card: the codes go to the phone and mailbox of today.

GET  /bantu/{office}/akun          who it is, and where they are reached now
POST /bantu/{office}/akun          ── sent ──▶ 303 to the next  ── faults ──▶ the form, as it was filled in
GET  /bantu/{office}/akun/{proof}  a code for the person's own phone, where they choose the password

As with bookings, what was typed travels in the pages alone: a NIK belongs into no cookie.
"""

from collections.abc import Mapping
from uuid import UUID

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.address_proofs import StartRecoveryAtDesk
from contracts.words import Role
from gateway.errors import status
from gateway.pages.citizen.person_form import as_typed
from gateway.pages.citizen.recovery import RecoveryCodes
from gateway.pages.forms import FormFaults, fill, iso_date, read_form
from gateway.pages.site import Site, go_to, signed_in
from gateway.qr import address_svg

_OFFICERS: tuple[Role, ...] = ("officer", "head")
_FIELD_OF_CODE = {"bad_phone": "phone", "no_such_account": "nik"}


class LostAccount:
    """`/bantu/{office}/akun`."""

    def __init__(self, site: Site, *, public_url: str) -> None:
        self._site = site
        self._public_url = public_url

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Ask who it is."""
        self._show(req, resp, office, {})

    async def on_post(self, req: Request, resp: Response, office: str) -> None:
        """Have the codes sent, or show what is wrong."""
        access = signed_in(req, _OFFICERS, office)
        form = await read_form(req)
        told = {name: form.get(name, "") for name in ("name", "phone", "email")}
        told["nik"] = "".join(form.get("nik", "").split())
        told["birth_date"] = iso_date(form.get("birth_date", ""))
        told |= {"officer_id": access.subject, "role": access.role, "office": office}
        try:
            begun = await self._site.backend.ask(fill(StartRecoveryAtDesk, told))
        except FormFaults as faulty:
            resp.status = falcon.HTTP_422
            faults = {name: as_typed(name, code, form) for name, code in faulty.faults.items()}
            self._show(req, resp, office, form, faults=faults)
        except Refused as refused:
            resp.status = falcon.code_to_http_status(status(refused.code))
            field = _FIELD_OF_CODE.get(refused.code)
            if field is None:
                self._show(req, resp, office, form, refused=refused)
            else:
                self._show(req, resp, office, form, faults={field: refused.code})
        else:
            go_to(resp, f"/bantu/{office}/akun/{begun.proof_id}")

    async def on_get_sent(self, req: Request, resp: Response, office: str, proof: UUID) -> None:
        """Show the way to the page on which the person goes on, on their own phone."""
        found = self._site.directory.find(office)
        signed_in(req, _OFFICERS, office)
        address = f"{self._public_url}{RecoveryCodes.page}/{proof}"
        self._site.renderer.show(
            req, resp, "assist/recovery_sent.html", office=found, address=address,
            qr=address_svg(address).decode(),
        )  # fmt: skip

    def _show(
        self,
        req: Request,
        resp: Response,
        office: str,
        form: Mapping[str, str],
        *,
        faults: Mapping[str, str] | None = None,
        refused: Refused | None = None,
    ) -> None:
        found = self._site.directory.find(office)
        signed_in(req, _OFFICERS, office)
        self._site.renderer.show(
            req, resp, "assist/recovery.html", office=found, form=form, faults=faults or {}, refused=refused
        )
