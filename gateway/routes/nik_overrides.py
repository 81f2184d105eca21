"""Officers help people whose NIK tells another birth date or sex than their identity card."""

import orjson
from falcon import HTTP_201
from falcon.asgi import Request, Response

from contracts.requests.accounts import NikOverride, OverrideNik
from contracts.words import Role
from gateway.auth import require
from gateway.backend import Backend
from gateway.commands import load_body, read_json
from gateway.operation import Operation

_OFFICERS: tuple[Role, ...] = ("officer", "head")


class NikOverrides:
    """/v1/offices/{office}/nik-overrides."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=OverrideNik,
        given=("office", "officer_id", "role"),
        answers=NikOverride,
        status=201,
        roles=_OFFICERS,
        refusals=("other_office", "bad_nik", "outcome_unknown"),
    )
    async def on_post(self, req: Request, resp: Response, office: str) -> None:
        """Let a person register whose identity card was seen; the audit log keeps who did it and why."""
        access = require(req, _OFFICERS, office)
        told = {"office": office, "officer_id": access.subject, "role": access.role}
        command = load_body(OverrideNik, await read_json(req), **told)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_201
