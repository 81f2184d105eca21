"""Another phone, another mailbox: the form is on `/akun`, the codes are typed here."""

from collections.abc import Mapping

from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.address_proofs import FinishContactChange, ResendProofCodes, StartContactChange
from contracts.requests.profile import Profile
from gateway.client_address import client_address
from gateway.pages.citizen.codes import CODES, CodeEntry
from gateway.pages.citizen.draft import CONTACT, ROW
from gateway.pages.flash import say_next
from gateway.pages.forms import FormFaults, fill, read_form
from gateway.pages.sent_back import SentBack, send_back
from gateway.pages.site import Site, go_to, signed_in

CONTACT_CHANGED = "kontak"
"""What the account's page says next."""

_PAGE = "/akun"
_FIELD_OF_CODE = {"bad_phone": "phone", "contact_missing": "phone", "sign_in_failed": "contact_password"}


class ContactForm:
    """`/akun/kontak`: where one wants to be reached from now on."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, _req: Request, resp: Response) -> None:
        """Lead to the form."""
        go_to(resp, _PAGE)

    async def on_post(self, req: Request, resp: Response) -> None:
        """Have the codes sent and go on, or lead back to the form with what is wrong."""
        access = signed_in(req, {"citizen"})
        form = await read_form(req)
        CONTACT.keep(resp, form, secure=self._site.secure)
        typed = {name: form.get(name, "") for name in ("phone", "email")}
        told = {"person_id": access.subject, "address": client_address(req)}
        told["password"] = form.get("contact_password", "")
        try:
            wanted = fill(StartContactChange, {**typed, **told})
            begun = await self._site.backend.ask(wanted)
        except FormFaults as faulty:
            faults = {_field(name): code for name, code in faulty.faults.items()}
            send_back(resp, _PAGE, SentBack(typed=typed, faults=faults), secure=self._site.secure)
        except Refused as refused:
            wrong = SentBack.because(refused, typed, fields=_FIELD_OF_CODE)
            send_back(resp, _PAGE, wrong, secure=self._site.secure)
        else:
            CONTACT.keep(resp, {**form, ROW: begun.proof_id}, secure=self._site.secure)
            go_to(resp, f"{ContactCodes.page}/{begun.proof_id}")


class ContactCodes(CodeEntry):
    """`/akun/kontak/kode/{proof}`: the codes of the new addresses."""

    page, template, draft = "/akun/kontak/kode", "citizen/contact_codes.html", CONTACT

    def enter(self, req: Request) -> None:
        """Let citizens in."""
        signed_in(req, {"citizen"})

    def finishing(self, req: Request, row: str, form: Mapping[str, str]) -> FinishContactChange:
        """Be reached there."""
        access = signed_in(req, {"citizen"})
        codes = {name: form[name] for name in CODES}
        return fill(FinishContactChange, {**codes, "person_id": access.subject, "proof_id": row})

    def resending(self, row: str) -> ResendProofCodes:
        """Ask for other codes."""
        return ResendProofCodes(proof_id=row)

    def finished(self, resp: Response, _answer: Profile, _form: Mapping[str, str]) -> None:
        """Go back to the account."""
        say_next(resp, CONTACT_CHANGED, _PAGE, secure=self.site.secure)
        go_to(resp, _PAGE)


def _field(name: str) -> str:
    return "contact_password" if name == "password" else name
