"""Citizens' accounts."""

import orjson
from falcon import HTTP_201
from falcon.asgi import Request, Response

from contracts.requests.accounts import Account, CreateAccount
from gateway.backend import Backend
from gateway.commands import load_body, read_json
from gateway.operation import Operation


class Accounts:
    """/v1/accounts."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=CreateAccount,
        answers=Account,
        status=201,
        refusals=("bad_nik", "bad_phone", "account_exists", "outcome_unknown"),
    )
    async def on_post(self, req: Request, resp: Response) -> None:
        """Register a person. One NIK, one phone and one e-mail address have at most one account."""
        command = load_body(CreateAccount, await read_json(req))
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_201
