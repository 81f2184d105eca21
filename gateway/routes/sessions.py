"""Signing in and out."""

import orjson
from falcon import HTTP_201, HTTP_204
from falcon.asgi import Request, Response

from contracts.requests.accounts import OpenSession, Session
from gateway.auth import end_session
from gateway.backend import Backend
from gateway.client_address import client_address
from gateway.commands import load_body, read_json
from gateway.operation import Operation


class Sessions:
    """/v1/sessions."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=OpenSession,
        given=("address",),
        answers=Session,
        status=201,
        refusals=("sign_in_failed", "too_many_attempts"),
    )
    async def on_post(self, req: Request, resp: Response) -> None:
        """Sign in with e-mail, phone or staff login; the answer has the bearer token."""
        command = load_body(OpenSession, await read_json(req), address=client_address(req))
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_201

    @Operation(status=204, asks_service=False)
    async def on_delete(self, req: Request, resp: Response) -> None:
        """Sign a browser out: its session cookie is taken back. A bearer token is just forgotten."""
        end_session(resp)
        resp.status = HTTP_204
