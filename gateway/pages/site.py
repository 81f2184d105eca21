"""What every page needs: the services to ask, the offices, a way to show itself, and who is looking."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode

import falcon
from falcon.asgi import Request, Response

from contracts.access import Access
from contracts.words import OfficeStatus, Role
from gateway.auth import require
from gateway.backend import Backend
from gateway.device_cookies import PAIRING_PAGE, is_device
from gateway.offices import OfficeDirectory
from gateway.pages.render import Renderer

BOOKABLE: frozenset[OfficeStatus] = frozenset({"pilot", "live"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the page resources share; `secure` says that cookies may travel over https only."""

    backend: Backend
    directory: OfficeDirectory
    renderer: Renderer
    secure: bool


def signed_in(
    req: Request, roles: Collection[Role], office: str | None = None, *, at: str = "/masuk"
) -> Access:
    """Return who is looking; a stranger is sent to sign in, or to where `at` says, and comes back afterwards.

    A device whose session is over is sent to renew it, where the page is one of a device's.

    Raises NotAllowed, OtherOffice for somebody whose page this is not.
    """
    if req.context.access is None:
        at = PAIRING_PAGE if "kiosk" in roles and is_device(req) else at
        raise falcon.HTTPSeeOther(f"{at}?{urlencode({'lanjut': req.relative_uri})}")
    return require(req, roles, office)


def is_citizen(req: Request) -> bool:
    """Tell whether a citizen is signed in already."""
    access: Access | None = req.context.access
    return access is not None and access.role == "citizen"


def go_to(resp: Response, address: str) -> None:
    """Answer 303: what was posted is done, and reloading the next page does not do it again."""
    resp.status = falcon.HTTP_303
    resp.location = address


def home_of(role: Role, office: str | None) -> str:
    """Return the page that somebody of this role works with."""
    if role == "citizen":
        return "/pesanan"
    if role == "kiosk":
        return f"/kios/{office}"
    if role == "board":
        return f"/papan/{office}"
    if role == "head":
        return f"/kepala/{office}/hari-ini"
    if role == "village":
        return "/bantu"
    return f"/loket/{office}" if office else "/"
