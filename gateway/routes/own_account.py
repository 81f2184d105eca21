"""What somebody who is signed in does with their own account."""

from typing import get_args

import orjson
from falcon import HTTP_204
from falcon.asgi import Request, Response

from contracts.requests.accounts import ChangePassword, CloseSessions, Session
from contracts.words import Role
from gateway.auth import end_session, require
from gateway.backend import Backend
from gateway.client_address import client_address
from gateway.commands import load_body, read_json
from gateway.operation import Operation

_ANYBODY: tuple[Role, ...] = get_args(Role)


class OwnSessions:
    """/v1/me/sessions."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(status=204, roles=_ANYBODY, refusals=("unknown_account", "outcome_unknown"))
    async def on_delete(self, req: Request, resp: Response) -> None:
        """Sign out everywhere: no token of one's own counts any more, this one neither."""
        access = require(req, _ANYBODY)
        await self._backend.ask_plain(CloseSessions(subject=access.subject))
        end_session(resp)
        resp.status = HTTP_204


class OwnPassword:
    """/v1/me/password."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=ChangePassword,
        given=("subject", "address"),
        answers=Session,
        roles=_ANYBODY,
        refusals=("sign_in_failed", "too_many_attempts", "outcome_unknown"),
    )
    async def on_put(self, req: Request, resp: Response) -> None:
        """Change the password; all sessions end, and the answer has the token of a new one."""
        access = require(req, _ANYBODY)
        told = {"subject": access.subject, "address": client_address(req)}
        command = load_body(ChangePassword, await read_json(req), **told)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
