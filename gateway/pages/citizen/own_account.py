"""`/akun`: a citizen's own account: its password, its sessions, a copy of its data, an end to it."""

from collections.abc import Mapping

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.accounts import ChangePassword, CloseSessions
from contracts.requests.own_data import ErasePerson
from gateway.auth import begin_session, end_session
from gateway.client_address import client_address
from gateway.errors import status
from gateway.pages.forms import FormFaults, fill, read_form
from gateway.pages.site import Site, go_to, signed_in


class OwnAccount:
    """The account's page and its three forms; each says beside itself what is wrong."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the page."""
        signed_in(req, {"citizen"})
        self._show(req, resp, changed=req.has_param("diubah"))

    async def on_post_password(self, req: Request, resp: Response) -> None:
        """Change the password; other phones and computers are signed out, this one stays."""
        access = signed_in(req, {"citizen"})
        form = await read_form(req)
        told = {"subject": access.subject, "address": client_address(req)}
        told |= {name: form.get(name, "") for name in ("password", "new_password")}
        try:
            session = await self._site.backend.ask(fill(ChangePassword, told))
        except FormFaults as faulty:
            resp.status = falcon.HTTP_422
            self._show(req, resp, form="password", faults=faulty.faults)
        except Refused as refused:
            self._refuse(req, resp, "password", refused)
        else:
            begin_session(resp, session, secure=self._site.secure)
            go_to(resp, "/akun?diubah=1")

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
            resp.status = falcon.HTTP_422
            faults = {f"erase_{name}": code for name, code in faulty.faults.items()}
            self._show(req, resp, form="erasure", faults=faults)
        except Refused as refused:
            self._refuse(req, resp, "erasure", refused)
        else:
            end_session(resp)
            go_to(resp, "/")

    def _refuse(self, req: Request, resp: Response, form: str, refused: Refused) -> None:
        resp.status = falcon.code_to_http_status(status(refused.code))
        self._show(req, resp, form=form, refused=refused)

    def _show(
        self,
        req: Request,
        resp: Response,
        *,
        form: str = "",
        faults: Mapping[str, str] | None = None,
        refused: Refused | None = None,
        changed: bool = False,
    ) -> None:
        values = {"wrong_form": form, "faults": faults or {}, "refused": refused, "changed": changed}
        self._site.renderer.show(req, resp, "citizen/own_account.html", **values)
