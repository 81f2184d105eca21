"""Registering, the first of two steps: who one is and how to be reached."""

from collections.abc import Mapping
from urllib.parse import urlencode

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.accounts import CreateAccount
from contracts.words import Locale
from gateway.client_address import client_address
from gateway.errors import status
from gateway.pages.citizen.choice import chosen_hour
from gateway.pages.citizen.draft import draft_of, keep_draft
from gateway.pages.citizen.person_form import fill_person
from gateway.pages.forms import FormFaults, faults_of, local_address, read_form
from gateway.pages.site import Site, go_to, is_citizen

FORMS_OF_ADDRESS = ("Pak", "Bu", "Sdr.", "Sdri.")
SEXES = ("male", "female")

_FIELD_OF_CODE = {
    "bad_nik": "nik",
    "nik_mismatch": "nik",
    "bad_birth_date": "birth_date",
    "bad_phone": "phone",
}


class Register:
    """`/daftar`: begin an account; the codes come next."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the form: empty, or as it was filled in before the codes. A citizen signed in goes on."""
        onward = req.get_param("lanjut", default="")
        if is_citizen(req):
            raise falcon.HTTPSeeOther(local_address(onward, "/pesanan"))
        await self._show(req, resp, {**draft_of(req), "lanjut": onward})
        resp.set_header("Cache-Control", "no-store")

    async def on_post(self, req: Request, resp: Response) -> None:
        """Have the codes sent and go on, or show the form again with what is wrong."""
        form = await read_form(req)
        try:
            wanted = account_of(form, req.context.locale, client_address(req))
            begun = await self._site.backend.ask(wanted)
        except FormFaults as faulty:
            resp.status = falcon.HTTP_422
            await self._show(req, resp, form, faults=faulty.faults)
        except Refused as refused:
            resp.status = falcon.code_to_http_status(status(refused.code))
            faults = _faults(refused)
            await self._show(req, resp, form, faults=faults, refused=None if faults else refused)
        else:
            onward = local_address(form.get("lanjut"), "")
            keep_draft(resp, form, secure=self._site.secure)
            query = f"?{urlencode({'lanjut': onward})}" if onward else ""
            go_to(resp, f"/daftar/kode/{begun.registration_id}{query}")

    async def _show(
        self,
        req: Request,
        resp: Response,
        form: Mapping[str, str],
        *,
        faults: Mapping[str, str] | None = None,
        refused: Refused | None = None,
    ) -> None:
        kept = {name: value for name, value in form.items() if name != "password"}
        kept["lanjut"] = local_address(form.get("lanjut"), "")
        values = {
            "form": kept,
            "faults": faults or {},
            "forms_of_address": FORMS_OF_ADDRESS,
            "sexes": SEXES,
            "chosen": await chosen_hour(self._site, kept["lanjut"]),
        }
        self._site.renderer.show(req, resp, "citizen/register.html", refused=refused, **values)


def account_of(form: Mapping[str, str], locale: Locale, address: str) -> CreateAccount:
    """Read the form. Raises FormFaults."""
    more = {name: form.get(name, "") for name in ("sex", "phone", "email", "password")}
    more |= {"booking_code": _code_in(form), "locale": locale, "address": address}
    return fill_person(CreateAccount, form, more, forms_of_address=FORMS_OF_ADDRESS)


def _code_in(form: Mapping[str, str]) -> str:
    """Read the code from the paper, however it is spaced; most people have none."""
    typed = "".join(filter(str.isalnum, form.get("booking_code", "").upper()))
    return f"{typed[:3]}-{typed[3:]}" if typed else ""


def _faults(refused: Refused) -> dict[str, str]:
    field = _FIELD_OF_CODE.get(refused.code)
    return {field: refused.code} if field else faults_of(refused)
