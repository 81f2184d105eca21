"""`/pasang`: where a device becomes one of an office, and where its browser renews its session.

choose a kind ──▶ a code, large ──approved──▶ the device's own page
                                                │ every hour, and when its token is over
                                                └──▶ renewed; once revoked: back here, with the reason
"""

from datetime import UTC, datetime

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.devices import DeviceSession, RenewDevice, TakePairing
from contracts.words import Role
from gateway.auth import require
from gateway.commands import load_body, read_json
from gateway.device_cookies import (
    device_secret,
    drop_device_session,
    home_of_device,
    is_device,
    keep_device_session,
)
from gateway.pages.forms import local_address
from gateway.pages.site import Site

_DEVICES: tuple[Role, ...] = ("kiosk", "board")


class PairingPage:
    """`/pasang`: choose what the device is, and see its code; all of it by script."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the page; `?lanjut=` says where a device goes on, `?lepas=1` that it was revoked."""
        self._site.renderer.show(
            req, resp, "pairing.html",
            renews=is_device(req) and req.has_param("lanjut"),
            onward=local_address(req.get_param("lanjut"), ""),
            ended=req.get_param_as_bool("lepas", default=False),
        )  # fmt: skip


class PairedSession:
    """`/pasang/sesi`: the session of the device whose browser asks."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Say for how long the token counts, without asking any service."""
        access = require(req, _DEVICES)
        left = access.expires_at - datetime.now(UTC)
        resp.media = {"expires_in_seconds": max(0, int(left.total_seconds()))}

    async def on_post(self, req: Request, resp: Response) -> None:
        """Take the session of a pairing that was approved; 202 while nobody has."""
        command = load_body(TakePairing, await read_json(req))
        try:
            session = await self._site.backend.ask(command)
        except Refused as refused:
            if refused.code != "pairing_pending":
                raise
            resp.media = {"home": None}
            resp.status = falcon.HTTP_202
        else:
            _keep(resp, session, secure=self._site.secure)


class PairedRenewal:
    """`/pasang/perpanjang`: the device's next session, for the secret that its browser keeps."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_post(self, req: Request, resp: Response) -> None:
        """Renew it; a browser whose device is none any more forgets that it was one."""
        command = load_body(RenewDevice, {}, refresh_secret=device_secret(req) or "-")
        try:
            session = await self._site.backend.ask(command)
        except Refused as refused:
            if refused.code == "device_not_paired":
                drop_device_session(resp)
            raise
        _keep(resp, session, secure=self._site.secure)


def _keep(resp: Response, session: DeviceSession, *, secure: bool) -> None:
    keep_device_session(resp, session, secure=secure)
    resp.media = {"home": home_of_device(session)}
