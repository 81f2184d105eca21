"""A forgotten password, and another phone or mailbox: both are proved by codes."""

import orjson
from falcon import HTTP_201, HTTP_202
from falcon.asgi import Request, Response

from contracts.requests.accounts import Session
from contracts.requests.address_proofs import (
    AddressProof,
    FinishContactChange,
    FinishRecovery,
    ResendProofCodes,
    StartContactChange,
    StartRecovery,
    StartRecoveryAtDesk,
)
from contracts.requests.profile import Profile
from contracts.words import Role
from gateway.auth import require
from gateway.backend import Backend
from gateway.client_address import client_address
from gateway.commands import load_body, read_json
from gateway.operation import Operation

_CITIZENS: tuple[Role, ...] = ("citizen",)
_OFFICERS: tuple[Role, ...] = ("officer", "head")


class Recoveries:
    """/v1/recoveries, for who is not signed in."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=StartRecovery,
        given=("address",),
        answers=AddressProof,
        status=202,
        refusals=("bad_login", "too_many_attempts", "outcome_unknown"),
    )
    async def on_post(self, req: Request, resp: Response) -> None:
        """Begin to choose another password: the account's phone and mailbox are each sent a code.

        The answer is the same for what has no account; the address itself is told so.
        """
        command = load_body(StartRecovery, await read_json(req), address=client_address(req))
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_202

    @Operation(
        takes=FinishRecovery,
        answers=Session,
        status=201,
        refusals=("bad_code", "code_expired", "account_exists", "outcome_unknown"),
    )
    async def on_post_finish(self, req: Request, resp: Response) -> None:
        """Choose the new password with both codes, and sign in; all other sessions end."""
        command = load_body(FinishRecovery, await read_json(req))
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_201

    @Operation(
        takes=ResendProofCodes,
        answers=AddressProof,
        status=202,
        refusals=("code_expired", "codes_sent_already", "outcome_unknown"),
    )
    async def on_post_resend(self, req: Request, resp: Response) -> None:
        """Send the codes of a proof anew, of a new number too; those before count no more."""
        command = load_body(ResendProofCodes, await read_json(req))
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_202


class OfficeRecoveries:
    """/v1/offices/{office}/recoveries."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=StartRecoveryAtDesk,
        given=("office", "officer_id", "role"),
        answers=AddressProof,
        status=202,
        roles=_OFFICERS,
        refusals=("other_office", "no_such_account", "bad_phone", "too_many_attempts", "outcome_unknown"),
    )
    async def on_post(self, req: Request, resp: Response, office: str) -> None:
        """Begin it for who has lost phone or mailbox and shows the identity card; it is in the audit log."""
        access = require(req, _OFFICERS, office)
        told = {"office": office, "officer_id": access.subject, "role": access.role}
        command = load_body(StartRecoveryAtDesk, await read_json(req), **told)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_202


class OwnContact:
    """/v1/me/contact."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=StartContactChange,
        given=("person_id", "address"),
        answers=AddressProof,
        status=202,
        roles=_CITIZENS,
        refusals=(
            "contact_missing",
            "bad_phone",
            "sign_in_failed",
            "too_many_attempts",
            "unknown_account",
            "outcome_unknown",
        ),
    )
    async def on_post(self, req: Request, resp: Response) -> None:
        """Begin to be reached at another phone, mailbox, or both; each that is given is sent a code."""
        access = require(req, _CITIZENS)
        told = {"person_id": access.subject, "address": client_address(req)}
        command = load_body(StartContactChange, await read_json(req), **told)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_202

    @Operation(
        takes=FinishContactChange,
        given=("person_id",),
        answers=Profile,
        roles=_CITIZENS,
        refusals=("bad_code", "code_expired", "account_exists", "outcome_unknown"),
    )
    async def on_post_finish(self, req: Request, resp: Response) -> None:
        """Be reached there from now on; the addresses before are told."""
        access = require(req, _CITIZENS)
        command = load_body(FinishContactChange, await read_json(req), person_id=access.subject)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
