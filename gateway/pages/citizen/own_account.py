"""`/akun`: a citizen's own account: how the hall shows them, password, sessions, data, an end to it."""

from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.accounts import ChangePassword, CloseSessions
from contracts.requests.own_data import ErasePerson
from contracts.requests.profile import CorrectName, GetProfile, ShowAs
from gateway.auth import begin_session, end_session
from gateway.client_address import client_address
from gateway.pages.citizen.contact import CONTACT_CHANGED
from gateway.pages.citizen.recovery import RECOVERED
from gateway.pages.citizen.shown_as import previews
from gateway.pages.flash import said, say_next
from gateway.pages.forms import FormFaults, fill, read_form
from gateway.pages.sent_back import SentBack, send_back, sent_back
from gateway.pages.site import Site, go_to, signed_in

_PAGE = "/akun"
_CHANGED = "diubah"
_SHOWN = "tampil"
_NAMED = "nama"


class OwnAccount:
    """The account's page and its forms; each says beside itself what is wrong."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the page."""
        access = signed_in(req, {"citizen"})
        profile = await self._site.backend.ask(GetProfile(person_id=access.subject))
        wrong, news = sent_back(req, resp), said(req, resp, _PAGE)
        self._site.renderer.show(
            req, resp, "citizen/own_account.html", faults=wrong.faults, refused=wrong.refused,
            changed=news in (_CHANGED, RECOVERED), shown_changed=news == _SHOWN, profile=profile,
            name_changed=news == _NAMED, contact_changed=news == CONTACT_CHANGED, typed=wrong.typed,
            previews=previews(profile.name, profile.display_name),
        )  # fmt: skip

    async def on_post_password(self, req: Request, resp: Response) -> None:
        """Change the password; other phones and computers are signed out, this one stays."""
        access = signed_in(req, {"citizen"})
        form = await read_form(req)
        told = {"subject": access.subject, "address": client_address(req)}
        told |= {name: form.get(name, "") for name in ("password", "new_password")}
        try:
            session = await self._site.backend.ask(fill(ChangePassword, told))
        except (FormFaults, Refused) as reason:
            send_back(resp, _PAGE, SentBack.because(reason), secure=self._site.secure)
        else:
            begin_session(resp, session, secure=self._site.secure)
            say_next(resp, _CHANGED, _PAGE, secure=self._site.secure)
            go_to(resp, _PAGE)

    async def on_post_choice(self, req: Request, resp: Response) -> None:
        """Choose what the hall shows of oneself."""
        access = signed_in(req, {"citizen"})
        form = await read_form(req)
        try:
            await self._site.backend.ask(
                fill(ShowAs, {"person_id": access.subject, "shown_as": form.get("shown_as", "")})
            )
        except (FormFaults, Refused) as reason:
            send_back(resp, _PAGE, SentBack.because(reason), secure=self._site.secure)
        else:
            say_next(resp, _SHOWN, _PAGE, secure=self._site.secure)
            go_to(resp, _PAGE)

    async def on_post_name(self, req: Request, resp: Response) -> None:
        """Write one's name as the identity card does."""
        access = signed_in(req, {"citizen"})
        form = await read_form(req)
        told = {"person_id": access.subject, "name": form.get("name", "")}
        try:
            await self._site.backend.ask(fill(CorrectName, told))
        except (FormFaults, Refused) as reason:
            wrong = SentBack.because(reason, form, fields={"name_too_different": "name"})
            send_back(resp, _PAGE, wrong, secure=self._site.secure)
        else:
            say_next(resp, _NAMED, _PAGE, secure=self._site.secure)
            go_to(resp, _PAGE)

    async def on_post_sessions(self, req: Request, resp: Response) -> None:
        """Sign out everywhere, here too."""
        access = signed_in(req, {"citizen"})
        await self._site.backend.ask(CloseSessions(subject=access.subject))
        end_session(resp)
        go_to(resp, "/masuk")

    async def on_post_erasure(self, req: Request, resp: Response) -> None:
        """Erase the account for good."""
        access = signed_in(req, {"citizen"})
        form = await read_form(req)
        told = {"person_id": access.subject, "address": client_address(req)}
        try:
            await self._site.backend.ask(
                fill(ErasePerson, {**told, "password": form.get("erase_password", "")})
            )
        except FormFaults as faulty:
            faults = {f"erase_{name}": code for name, code in faulty.faults.items()}
            send_back(resp, _PAGE, SentBack(faults=faults), secure=self._site.secure)
        except Refused as refused:
            send_back(resp, _PAGE, SentBack(refused=refused), secure=self._site.secure)
        else:
            end_session(resp)
            go_to(resp, "/")

    async def on_get_elsewhere(self, _req: Request, resp: Response) -> None:
        """Lead from a form's address to its page; signing in again in between ends there too."""
        go_to(resp, _PAGE)

    on_get_password = on_get_choice = on_get_name = on_get_sessions = on_get_erasure = on_get_elsewhere
