"""Registering, the first of two steps: who one is and how to be reached."""

from collections.abc import Mapping
from urllib.parse import urlencode

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.accounts import CreateAccount
from contracts.words import Locale
from gateway.client_address import client_address
from gateway.pages.citizen.choice import chosen_hour
from gateway.pages.citizen.draft import REGISTRATION, ROW
from gateway.pages.citizen.person_form import fill_person
from gateway.pages.citizen.shown_as import previews_of_form
from gateway.pages.forms import FormFaults, local_address, read_form
from gateway.pages.sent_back import SentBack, send_back, sent_back, typed_again
from gateway.pages.site import Site, go_to, is_citizen

FORMS_OF_ADDRESS = ("Pak", "Bu", "Sdr.", "Sdri.")
SEXES = ("male", "female")

_OF_THE_PERSON = ("name", "birth_date", "sex", "booking_code", "address", "nickname")
_FIELDS = (*_OF_THE_PERSON, "shown_as", "phone", "email")
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
        """Show the form: empty, or as it was filled in before. A citizen who is signed in goes on."""
        onward = req.get_param("lanjut", default="")
        if is_citizen(req):
            raise falcon.HTTPSeeOther(local_address(onward, "/pesanan"))
        wrong = sent_back(req, resp)
        typed = {**REGISTRATION.of(req), **wrong.typed}
        kept = {**typed, "lanjut": local_address(onward, "")}
        self._site.renderer.show(
            req, resp, "citizen/register.html", form=kept, faults=wrong.faults, refused=wrong.refused,
            forms_of_address=FORMS_OF_ADDRESS, sexes=SEXES, previews=previews_of_form(kept),
            again=typed_again(wrong, typed, ("nik", "password")),
            chosen=await chosen_hour(self._site, kept["lanjut"]),
        )  # fmt: skip
        resp.set_header("Cache-Control", "no-store")

    async def on_post(self, req: Request, resp: Response) -> None:
        """Have the codes sent and go on, or lead back to the form with what is wrong."""
        form = await read_form(req)
        onward = local_address(form.get("lanjut"), "")
        query = f"?{urlencode({'lanjut': onward})}" if onward else ""
        REGISTRATION.keep(resp, form, secure=self._site.secure)
        try:
            wanted = account_of(form, req.context.locale, client_address(req))
            begun = await self._site.backend.ask(wanted)
        except (FormFaults, Refused) as reason:
            wrong = SentBack.because(reason, _typed(form), fields=_FIELD_OF_CODE)
            send_back(resp, f"/daftar{query}", wrong, secure=self._site.secure)
        else:
            row = begun.registration_id
            REGISTRATION.keep(resp, {**form, ROW: row}, secure=self._site.secure)
            go_to(resp, f"/daftar/kode/{row}{query}")


def account_of(form: Mapping[str, str], locale: Locale, address: str) -> CreateAccount:
    """Read the form. Raises FormFaults."""
    more = {name: form.get(name, "") for name in ("sex", "phone", "email", "password")}
    more |= {"booking_code": _code_in(form), "locale": locale, "address": address}
    return fill_person(CreateAccount, form, more, forms_of_address=FORMS_OF_ADDRESS)


def _code_in(form: Mapping[str, str]) -> str:
    """Read the code from the paper, however it is spaced; most people have none."""
    typed = "".join(filter(str.isalnum, form.get("booking_code", "").upper()))
    return f"{typed[:3]}-{typed[3:]}" if typed else ""


def _typed(form: Mapping[str, str]) -> dict[str, str]:
    """Return what the page's fields show again."""
    return {name: form[name] for name in _FIELDS if form.get(name)}
