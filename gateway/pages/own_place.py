"""Addresses that people type without an office: staff mean their own, everybody else chooses one."""

from collections.abc import Collection

import falcon
import falcon.asgi
from falcon.asgi import Request, Response

from contracts.words import Role
from gateway.pages.site import signed_in
from gateway.routes.counters import STAFF


class OwnOffice:
    """`/loket`, `/kios`, `/kepala`: the same page of the office of who is signed in."""

    def __init__(self, roles: Collection[Role], then: str = "") -> None:
        self._roles = roles
        self._then = then

    async def on_get(self, req: Request, resp: Response) -> None:
        """Lead there; a stranger signs in first."""
        access = signed_in(req, self._roles)
        raise falcon.HTTPSeeOther(f"{req.path}/{access.office}{self._then}")


class AnyOffice:
    """`/kantor`, `/papan`, `/tunggu`: the list of all offices, each with its pages."""

    async def on_get(self, req: Request, resp: Response) -> None:
        """Lead there."""
        raise falcon.HTTPSeeOther("/transparansi")


def add_own_places(app: falcon.asgi.App[Request, Response]) -> None:
    """Route what is typed without an office."""
    app.add_route("/loket", OwnOffice(STAFF))
    app.add_route("/kios", OwnOffice({"kiosk", "officer"}))
    app.add_route("/kepala", OwnOffice({"head"}, "/hari-ini"))
    for address in ("/kantor", "/papan", "/tunggu"):
        app.add_route(address, AnyOffice())
