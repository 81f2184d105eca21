"""Citizens' accounts."""

import orjson
from falcon import HTTP_201, HTTP_202
from falcon.asgi import Request, Response

from contracts.requests.accounts import CreateAccount, Registration, ResendCodes, Session, VerifyAccount
from gateway.backend import Backend
from gateway.client_address import client_address
from gateway.commands import load_body, read_json
from gateway.operation import Operation


class Accounts:
    """/v1/accounts, and what follows before there is an account."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=CreateAccount,
        given=("address",),
        answers=Registration,
        status=202,
        refusals=(
            "bad_nik",
            "bad_birth_date",
            "nik_mismatch",
            "bad_phone",
            "too_many_attempts",
            "outcome_unknown",
        ),
    )
    async def on_post(self, req: Request, resp: Response) -> None:
        """Begin to register a person: the phone and the e-mail address are each sent a code.

        The answer is the same for what has an account already; the address itself is told so.
        """
        command = load_body(CreateAccount, await read_json(req), address=client_address(req))
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_202

    @Operation(
        takes=VerifyAccount,
        answers=Session,
        status=201,
        refusals=(
            "bad_code",
            "code_expired",
            "account_exists",
            "booking_code_needed",
            "booked_by_family",
            "outcome_unknown",
        ),
    )
    async def on_post_verify(self, req: Request, resp: Response) -> None:
        """Make the account with both codes, and sign in."""
        command = load_body(VerifyAccount, await read_json(req))
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_201

    @Operation(
        takes=ResendCodes,
        answers=Registration,
        status=202,
        refusals=("code_expired", "codes_sent_already", "outcome_unknown"),
    )
    async def on_post_resend(self, req: Request, resp: Response) -> None:
        """Send both codes anew; those before are worth nothing from then on."""
        command = load_body(ResendCodes, await read_json(req))
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_202
