"""Signing in and out; officers and devices sign in here too."""

from collections.abc import Mapping
from urllib.parse import urlencode

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.accounts import OpenSession
from gateway.auth import begin_session, end_session
from gateway.client_address import client_address
from gateway.pages.citizen.choice import chosen_hour
from gateway.pages.forms import FormFaults, fill, local_address, read_form
from gateway.pages.sent_back import SentBack, send_back, sent_back
from gateway.pages.site import Site, go_to, home_of, is_citizen


class SignIn:
    """`/masuk`: sign in, and go on to where one was sent from."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the form; a citizen who is signed in already goes on."""
        if is_citizen(req):
            raise falcon.HTTPSeeOther(local_address(req.get_param("lanjut"), "/pesanan"))
        wrong = sent_back(req, resp)
        kept = {"login": wrong.typed.get("login", ""), "lanjut": local_address(req.get_param("lanjut"), "")}
        self._site.renderer.show(
            req, resp, "citizen/sign_in.html", form=kept, faults=wrong.faults, refused=wrong.refused,
            chosen=await chosen_hour(self._site, kept["lanjut"]),
        )  # fmt: skip

    async def on_post(self, req: Request, resp: Response) -> None:
        """Begin a session and go on, or lead back to the form with what is wrong."""
        form = await read_form(req)
        try:
            credentials = fill(OpenSession, _credentials(form, client_address(req)))
            session = await self._site.backend.ask(credentials)
        except (FormFaults, Refused) as reason:
            wrong = SentBack.because(reason, {"login": form.get("login", "")})
            send_back(resp, _page(form), wrong, secure=self._site.secure)
        else:
            begin_session(resp, session, secure=self._site.secure)
            go_to(resp, local_address(form.get("lanjut"), home_of(session.role, session.office)))


class SignOut:
    """`/keluar`: end the session."""

    async def on_post(self, req: Request, resp: Response) -> None:
        """Take the cookie back and go home, or to where another account is to sign in for."""
        form = await read_form(req)
        end_session(resp)
        go_to(resp, _page(form) if form.get("lanjut") else "/")

    async def on_get(self, _req: Request, resp: Response) -> None:
        """Lead home: nobody is signed out by opening an address."""
        go_to(resp, "/")


def _page(form: Mapping[str, str]) -> str:
    """Return the form's page, with the way on."""
    onward = local_address(form.get("lanjut"), "")
    return f"/masuk?{urlencode({'lanjut': onward})}" if onward else "/masuk"


def _credentials(form: Mapping[str, str], address: str) -> dict[str, str]:
    return {"login": form.get("login", ""), "password": form.get("password", ""), "address": address}
