"""A forgotten password: which account it is, and then the two codes and the new password."""

from collections.abc import Mapping
from urllib.parse import urlencode

from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.accounts import Session
from contracts.requests.address_proofs import FinishRecovery, ResendProofCodes, StartRecovery
from gateway.auth import begin_session
from gateway.client_address import client_address
from gateway.pages.citizen.codes import CODES, CodeEntry
from gateway.pages.citizen.draft import RECOVERY, ROW
from gateway.pages.flash import say_next
from gateway.pages.forms import FormFaults, fill, local_address, read_form
from gateway.pages.sent_back import SentBack, send_back, sent_back
from gateway.pages.site import Site, go_to

RECOVERED = "sandi"
"""What the page of one's bookings says next."""


class ForgottenPassword:
    """`/lupa-sandi`: say which account it is; the codes come next."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the form, to who is signed in too: to change a password, they need to know it."""
        wrong = sent_back(req, resp)
        typed = {**RECOVERY.of(req), **wrong.typed}
        onward = local_address(req.get_param("lanjut"), "")
        self._site.renderer.show(
            req, resp, "citizen/forgotten_password.html", form={**typed, "lanjut": onward},
            faults=wrong.faults, refused=wrong.refused,
        )  # fmt: skip
        resp.set_header("Cache-Control", "no-store")

    async def on_post(self, req: Request, resp: Response) -> None:
        """Have the codes sent and go on, or lead back to the form with what is wrong."""
        form = await read_form(req)
        onward = local_address(form.get("lanjut"), "")
        query = f"?{urlencode({'lanjut': onward})}" if onward else ""
        RECOVERY.keep(resp, form, secure=self._site.secure)
        told = {"login": form.get("login", ""), "address": client_address(req), "locale": req.context.locale}
        try:
            begun = await self._site.backend.ask(fill(StartRecovery, told))
        except (FormFaults, Refused) as reason:
            wrong = SentBack.because(reason, {"login": form.get("login", "")}, fields={"bad_login": "login"})
            send_back(resp, f"/lupa-sandi{query}", wrong, secure=self._site.secure)
        else:
            RECOVERY.keep(resp, {**form, ROW: begun.proof_id}, secure=self._site.secure)
            go_to(resp, f"{RecoveryCodes.page}/{begun.proof_id}{query}")


class RecoveryCodes(CodeEntry):
    """`/lupa-sandi/kode/{proof}`: both codes and the new password, and one is signed in."""

    page, template, draft = "/lupa-sandi/kode", "citizen/recovery_codes.html", RECOVERY

    def enter(self, req: Request) -> None:
        """Let everybody in: who is signed in here may have forgotten the password of another account."""

    def finishing(self, _req: Request, row: str, form: Mapping[str, str]) -> FinishRecovery:
        """Choose the password."""
        codes = {name: form[name] for name in CODES}
        return fill(FinishRecovery, {**codes, "password": form.get("password", ""), "proof_id": row})

    def resending(self, row: str) -> ResendProofCodes:
        """Ask for other codes."""
        return ResendProofCodes(proof_id=row)

    def finished(self, resp: Response, answer: Session, form: Mapping[str, str]) -> None:
        """Sign in."""
        begin_session(resp, answer, secure=self.site.secure)
        onward = local_address(form.get("lanjut"), "/pesanan")
        say_next(resp, RECOVERED, onward, secure=self.site.secure)
        go_to(resp, onward)
