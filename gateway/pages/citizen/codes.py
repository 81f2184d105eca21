"""The second step of whatever is proved by codes: the ones that came to the phone and to the mailbox.

GET  …/kode/{row}        the form
POST …/kode/{row}        ── right ──▶ done, on to where one wanted to go
                         ── wrong ──▶ 303 to the form, which says how often one may still try
POST …/kode/{row}/ulang  ── other codes are on their way ──▶ the form
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.accounts import ResendCodes, Session, VerifyAccount
from contracts.requests.base import Request as ServiceRequest
from gateway.auth import begin_session
from gateway.pages.citizen.draft import REGISTRATION, Draft
from gateway.pages.forms import FormFaults, fill, local_address, read_form
from gateway.pages.sent_back import SentBack, send_back, sent_back
from gateway.pages.site import Site, go_to, is_citizen

CODES = ("phone_code", "email_code")
_SENT_ANEW = "dikirim"


class CodeEntry(ABC):
    """Type both codes, and go on; which page it is, and what follows, is its children's."""

    page: ClassVar[str]
    template: ClassVar[str]
    draft: ClassVar[Draft]

    def __init__(self, site: Site) -> None:
        self.site = site

    @abstractmethod
    def enter(self, req: Request) -> None:
        """Send away whose page this is not."""

    @abstractmethod
    def finishing(self, req: Request, row: str, form: Mapping[str, str]) -> ServiceRequest[Any]:
        """Read the form, its codes without blanks. Raises FormFaults."""

    @abstractmethod
    def resending(self, row: str) -> ServiceRequest[Any]:
        """Ask for other codes."""

    @abstractmethod
    def finished(self, resp: Response, answer: Any, form: Mapping[str, str]) -> None:
        """Go on."""

    async def on_get(self, req: Request, resp: Response, row: UUID) -> None:
        """Show the form, and where the codes went."""
        self.enter(req)
        wrong = sent_back(req, resp)
        kept = {name: wrong.typed.get(name, "") for name in CODES}
        kept["lanjut"] = local_address(req.get_param("lanjut"), "")
        self.site.renderer.show(
            req, resp, self.template, here_post=f"{self.page}/{row}", form=kept, faults=wrong.faults,
            refused=wrong.refused, sent_anew=req.has_param(_SENT_ANEW),
            sent_to=self.draft.of_row(req, str(row)),
        )  # fmt: skip
        resp.set_header("Cache-Control", "no-store")

    async def on_post(self, req: Request, resp: Response, row: UUID) -> None:
        """Finish and go on, or lead back to the form with what is wrong."""
        form = await read_form(req)
        codes = {name: "".join(filter(str.isalnum, form.get(name, ""))) for name in CODES}
        try:
            answer = await self.site.backend.ask(self.finishing(req, str(row), {**form, **codes}))
        except (FormFaults, Refused) as reason:
            typed = {name: form.get(name, "") for name in CODES}
            self._send_back(resp, row, form, SentBack.because(reason, typed))
        else:
            self.draft.drop(resp)
            self.finished(resp, answer, form)

    async def on_post_again(self, req: Request, resp: Response, row: UUID) -> None:
        """Have other codes sent, and show the form."""
        form = await read_form(req)
        try:
            await self.site.backend.ask(self.resending(str(row)))
        except Refused as refused:
            self._send_back(resp, row, form, SentBack(refused=refused))
        else:
            go_to(resp, self._address(row, form, {_SENT_ANEW: "1"}))

    async def on_get_again(self, req: Request, resp: Response, row: UUID) -> None:
        """Lead to the form: nothing is sent by opening an address."""
        go_to(resp, self._address(row, {"lanjut": req.get_param("lanjut", default="")}))

    def _send_back(self, resp: Response, row: UUID, form: Mapping[str, str], wrong: SentBack) -> None:
        send_back(resp, self._address(row, form), wrong, secure=self.site.secure)

    def _address(self, row: UUID, form: Mapping[str, str], more: Mapping[str, str] | None = None) -> str:
        """Return the form's page, with the way on."""
        onward = local_address(form.get("lanjut"), "")
        query = {**(more or {}), **({"lanjut": onward} if onward else {})}
        return f"{self.page}/{row}" + (f"?{urlencode(query)}" if query else "")


def pass_citizens_on(req: Request) -> None:
    """Send a citizen who is signed in already on to where they wanted to go."""
    if is_citizen(req):
        raise falcon.HTTPSeeOther(local_address(req.get_param("lanjut"), "/pesanan"))


class RegistrationCodes(CodeEntry):
    """`/daftar/kode/{registration}`: there is an account then, and one is signed in."""

    page, template, draft = "/daftar/kode", "citizen/codes.html", REGISTRATION

    def enter(self, req: Request) -> None:
        """Pass on who is signed in."""
        pass_citizens_on(req)

    def finishing(self, _req: Request, row: str, form: Mapping[str, str]) -> VerifyAccount:
        """Make the account."""
        return fill(VerifyAccount, {**{name: form[name] for name in CODES}, "registration_id": row})

    def resending(self, row: str) -> ResendCodes:
        """Ask for other codes."""
        return ResendCodes(registration_id=row)

    def finished(self, resp: Response, answer: Session, form: Mapping[str, str]) -> None:
        """Sign in."""
        begin_session(resp, answer, secure=self.site.secure)
        go_to(resp, local_address(form.get("lanjut"), "/"))
