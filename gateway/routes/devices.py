"""An office's devices: paired by a six-digit code, listed and revoked by who is in charge.

The form is that of the device authorization grant (RFC 8628), in the words of this API.
"""

import orjson
from falcon import HTTP_201, HTTP_204
from falcon.asgi import Request, Response

from contracts.requests.devices import (
    ApprovePairing,
    AskedPairing,
    BeginPairing,
    Device,
    Devices,
    DeviceSession,
    FindPairing,
    ListDevices,
    Pairing,
    RenewDevice,
    RevokeDevice,
    TakePairing,
)
from gateway.auth import IN_CHARGE, require_in_charge
from gateway.backend import Backend
from gateway.client_address import client_address
from gateway.commands import load_body, read_json
from gateway.operation import Operation

_CODES = ("unknown_pairing_code", "too_many_attempts")
_NO_CODE = ("too_short", "too_long", "bad_form")


class Pairings:
    """/v1/pairings, and below it what a device does next."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=BeginPairing,
        given=("address",),
        answers=Pairing,
        status=201,
        refusals=("too_many_pairings", "pairings_full", "outcome_unknown"),
    )
    async def on_post(self, req: Request, resp: Response) -> None:
        """Ask to be paired: the answer has the code for the screen, and a secret for the device alone."""
        command = load_body(BeginPairing, await read_json(req), address=client_address(req))
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_201

    @Operation(
        takes=TakePairing,
        answers=DeviceSession,
        refusals=("pairing_pending", "pairing_expired", "outcome_unknown"),
    )
    async def on_post_token(self, req: Request, resp: Response) -> None:
        """Take the session once the device is approved; ask no more often than `interval_seconds`."""
        command = load_body(TakePairing, await read_json(req))
        resp.data = orjson.dumps(await self._backend.ask_plain(command))

    @Operation(takes=RenewDevice, answers=DeviceSession, refusals=("device_not_paired", "outcome_unknown"))
    async def on_post_renewal(self, req: Request, resp: Response) -> None:
        """Get the next token and secret; a secret that was replaced ends the device when used again."""
        command = load_body(RenewDevice, await read_json(req))
        resp.data = orjson.dumps(await self._backend.ask_plain(command))


class OfficePairings:
    """/v1/offices/{office}/pairings, and below it the device that shows a code."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=ApprovePairing,
        given=("office", "approved_by", "role"),
        answers=Device,
        status=201,
        roles=IN_CHARGE,
        refusals=(
            "other_office",
            "unknown_office",
            *_CODES,
            "other_device_kind",
            "counter_needed",
            "outcome_unknown",
        ),
    )
    async def on_post(self, req: Request, resp: Response, office: str) -> None:
        """Make the device that shows the code one of the office, of the kind that you have seen."""
        access = require_in_charge(req, office)
        told = {"office": office, "approved_by": access.subject, "role": access.role}
        command = load_body(ApprovePairing, await read_json(req), **told)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_201

    @Operation(answers=AskedPairing, roles=IN_CHARGE, refusals=("other_office", *_CODES, *_NO_CODE))
    async def on_get_code(self, req: Request, resp: Response, office: str, user_code: str) -> None:
        """Read which kind of device shows the code, and since when. Codes that nobody shows are counted."""
        access = require_in_charge(req, office)
        told = {"office": office, "approved_by": access.subject, "user_code": user_code}
        resp.data = orjson.dumps(await self._backend.ask_plain(load_body(FindPairing, {}, **told)))


class OfficeDevices:
    """/v1/offices/{office}/devices."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=Devices, roles=IN_CHARGE, refusals=("other_office",))
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Read the office's devices: what they are, where, since when, and when they were last heard of."""
        require_in_charge(req, office)
        resp.data = orjson.dumps(await self._backend.ask_plain(ListDevices(office=office)))


class SingleDevice:
    """/v1/offices/{office}/devices/{device_id}."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(status=204, roles=IN_CHARGE, refusals=("other_office", "unknown_device"))
    async def on_delete(self, req: Request, resp: Response, office: str, device_id: str) -> None:
        """Revoke a device: nothing that it has counts any more."""
        access = require_in_charge(req, office)
        told = {"office": office, "device_id": device_id, "revoked_by": access.subject, "role": access.role}
        await self._backend.ask_plain(load_body(RevokeDevice, {}, **told))
        resp.status = HTTP_204
