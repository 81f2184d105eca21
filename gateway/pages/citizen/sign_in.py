"""Signing in and out; officers and devices sign in here too."""

from collections.abc import Mapping
from urllib.parse import urlencode

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.accounts import OpenSession
from gateway.auth import begin_session, end_session
from gateway.client_address import client_address
from gateway.errors import status
from gateway.pages.forms import FormFaults, fill, local_address, read_form
from gateway.pages.site import Site, go_to, home_of, is_citizen


class SignIn:
    """`/masuk`: sign in, and go on to where one was sent from."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the form; a citizen who is signed in already goes on."""
        if is_citizen(req):
            raise falcon.HTTPSeeOther(local_address(req.get_param("lanjut"), "/pesanan"))
        self._show(req, resp, {"lanjut": req.get_param("lanjut", default="")})

    async def on_post(self, req: Request, resp: Response) -> None:
        """Begin a session and go on, or show the form again with what is wrong."""
        form = await read_form(req)
        try:
            credentials = fill(OpenSession, _credentials(form, client_address(req)))
            session = await self._site.backend.ask(credentials)
        except FormFaults as faulty:
            resp.status = falcon.HTTP_422
            self._show(req, resp, form, faults=faulty.faults)
        except Refused as refused:
            resp.status = falcon.code_to_http_status(status(refused.code))
            self._show(req, resp, form, refused=refused)
        else:
            begin_session(resp, session, secure=self._site.secure)
            go_to(resp, local_address(form.get("lanjut"), home_of(session.role, session.office)))

    def _show(
        self,
        req: Request,
        resp: Response,
        form: Mapping[str, str],
        *,
        faults: Mapping[str, str] | None = None,
        refused: Refused | None = None,
    ) -> None:
        kept = {"login": form.get("login", ""), "lanjut": local_address(form.get("lanjut"), "")}
        self._site.renderer.show(
            req, resp, "citizen/sign_in.html", form=kept, faults=faults or {}, refused=refused
        )


class SignOut:
    """`/keluar`: end the session."""

    async def on_post(self, req: Request, resp: Response) -> None:
        """Take the cookie back and go home, or to where another account is to sign in for."""
        onward = local_address((await read_form(req)).get("lanjut"), "")
        end_session(resp)
        go_to(resp, f"/masuk?{urlencode({'lanjut': onward})}" if onward else "/")


def _credentials(form: Mapping[str, str], address: str) -> dict[str, str]:
    return {"login": form.get("login", ""), "password": form.get("password", ""), "address": address}
