"""`/kepala/{office}/perangkat`: the office's devices; a new one is let in by the code on its screen.

    type the code ──▶ see which kind of device asks, and since when ──▶ name it ──▶ the list

All of it are forms; no script is needed.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from falcon.asgi import Request, Response

from contracts.access import Access
from contracts.events.booking import OfficeChanged
from contracts.refusals import Refused
from contracts.requests.devices import ApprovePairing, FindPairing, ListDevices, RevokeDevice
from gateway.auth import IN_CHARGE, require_in_charge
from gateway.pages.flash import said, say_next
from gateway.pages.forms import FormFaults, fill, read_form
from gateway.pages.sent_back import SentBack, send_back, sent_back
from gateway.pages.site import Site, go_to, signed_in

_ABOUT = "perangkat"
_NAME = "device_name"
_OF_FIELD = {
    "unknown_pairing_code": "user_code",
    "counter_needed": "counter",
}
"""The field that each refusal is about."""

_SILENT_AFTER = timedelta(hours=3)
"""Devices renew every hour: two renewals in a row are missing."""


class DeviceList:
    """The devices, and the form for a code."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show them."""
        found, _ = _own(self._site, req, office)
        listed = await self._site.backend.ask(ListDevices(office=office))
        wrong = sent_back(req, resp)
        self._site.renderer.show(
            req, resp, "head/devices.html", office=found, devices=listed.devices, faults=wrong.faults,
            typed=wrong.typed, refused=wrong.refused, done=said(req, resp, _ABOUT),
            silent_since=datetime.now(UTC) - _SILENT_AFTER,
        )  # fmt: skip

    async def on_post(self, req: Request, resp: Response, office: str) -> None:
        """Lead to the device that shows the code, or back to the form with what is wrong."""
        _, access = _own(self._site, req, office)
        typed = (await read_form(req)).get("user_code", "")
        try:
            query = fill(FindPairing, {**_asks(access, office), "user_code": _digits(typed)})
            await self._site.backend.ask(query)
        except (FormFaults, Refused) as reason:
            wrong = SentBack.because(reason, {"user_code": typed}, fields=_OF_FIELD)
            send_back(resp, _page(office), wrong, secure=self._site.secure)
        else:
            go_to(resp, f"{_page(office)}/kode/{query.user_code}")


class DeviceApproval:
    """`/kepala/{office}/perangkat/kode/{code}`: which device shows the code, and a name for it."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str, code: str) -> None:
        """Show what asks; a code that is none any more leads back to the list."""
        found, access = _own(self._site, req, office)
        try:
            query = fill(FindPairing, {**_asks(access, office), "user_code": code})
            asked = await self._site.backend.ask(query)
        except (FormFaults, Refused) as reason:
            self._back_to_list(resp, office, SentBack.because(reason, {"user_code": code}, fields=_OF_FIELD))
            return
        wrong = sent_back(req, resp)
        waited = max(timedelta(0), datetime.now(UTC) - asked.asked_at)
        self._site.renderer.show(
            req, resp, "head/device_approval.html", office=found, asked=asked, faults=wrong.faults,
            typed=wrong.typed, waited_minutes=int(waited.total_seconds() // 60),
        )  # fmt: skip

    async def on_post(self, req: Request, resp: Response, office: str, code: str) -> None:
        """Make it a device of the office, or lead back with what is wrong."""
        _, access = _own(self._site, req, office)
        form = await read_form(req)
        told = {"kind": form.get("kind", ""), "name": form.get(_NAME, ""), "counter": form.get("counter", "")}
        try:
            values = {**_asks(access, office), "role": access.role, "user_code": code, **told}
            await self._site.backend.ask(fill(ApprovePairing, values))
        except (FormFaults, Refused) as reason:
            wrong = SentBack.because(reason, {_NAME: told["name"]}, fields=_OF_FIELD)
            self._send_back(resp, office, code, wrong)
        else:
            say_next(resp, "dipasang", _ABOUT, secure=self._site.secure)
            go_to(resp, _page(office))

    def _send_back(self, resp: Response, office: str, code: str, wrong: SentBack) -> None:
        """Lead to the form where one of its fields is wrong, else to the list: the device asks no more."""
        faults = {_NAME if field == "name" else field: code for field, code in wrong.faults.items()}
        if faults.keys() <= {_NAME, "counter"} and faults:
            again = replace(wrong, faults=faults)
            send_back(resp, f"{_page(office)}/kode/{code}", again, secure=self._site.secure)
        else:
            self._back_to_list(resp, office, wrong)

    def _back_to_list(self, resp: Response, office: str, wrong: SentBack) -> None:
        send_back(resp, _page(office), wrong, secure=self._site.secure)


class DeviceRevocation:
    """`/kepala/{office}/perangkat/{device_id}/lepas`: end a device."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_post(self, req: Request, resp: Response, office: str, device_id: str) -> None:
        """End it, and go back to the list."""
        _, access = _own(self._site, req, office)
        told = {"office": office, "device_id": device_id, "revoked_by": access.subject, "role": access.role}
        try:
            await self._site.backend.ask(fill(RevokeDevice, told))
        except Refused as refused:
            send_back(resp, _page(office), SentBack(refused=refused), secure=self._site.secure)
        else:
            say_next(resp, "dilepas", _ABOUT, secure=self._site.secure)
            go_to(resp, _page(office))

    async def on_get(self, _req: Request, resp: Response, office: str, device_id: str) -> None:
        """Lead to the list: nothing is ended by opening an address."""
        go_to(resp, _page(office))


def _own(site: Site, req: Request, office: str) -> tuple[OfficeChanged, Access]:
    found = site.directory.find(office)
    signed_in(req, IN_CHARGE)
    return found, require_in_charge(req, office)


def _page(office: str) -> str:
    return f"/kepala/{office}/perangkat"


def _asks(access: Access, office: str) -> dict[str, str]:
    return {"office": office, "approved_by": access.subject}


def _digits(typed: str) -> str:
    """Take a code as people read it from a screen, in two groups."""
    return "".join(letter for letter in typed if letter not in " -.\N{NO-BREAK SPACE}")
