"""Who works at an office: invited and ended by its head, their passwords chosen by themselves."""

import orjson
from falcon import HTTP_201
from falcon.asgi import Request, Response

from contracts.requests.accounts import Session
from contracts.requests.staff import (
    AcceptInvitation,
    EndStaff,
    Invitation,
    InviteStaff,
    InviteStaffAgain,
    ListStaff,
    Staff,
)
from gateway.auth import IN_CHARGE, require_in_charge
from gateway.backend import Backend
from gateway.commands import load_body, read_json
from gateway.operation import Operation


class OfficeStaff:
    """/v1/offices/{office}/staff."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=Staff, roles=IN_CHARGE, refusals=("other_office",))
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Read who works at the office's counters, who is invited, and who was once."""
        require_in_charge(req, office)
        resp.data = orjson.dumps(await self._backend.ask_plain(ListStaff(office=office)))

    @Operation(
        takes=InviteStaff,
        given=("office", "invited_by", "role"),
        answers=Invitation,
        status=201,
        roles=IN_CHARGE,
        refusals=("other_office", "unknown_office", "login_taken", "outcome_unknown"),
    )
    async def on_post(self, req: Request, resp: Response, office: str) -> None:
        """Make an account for an officer or a head. The token for choosing a password is told once."""
        access = require_in_charge(req, office)
        told = {"office": office, "invited_by": access.subject, "role": access.role}
        command = load_body(InviteStaff, await read_json(req), **told)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_201


class SingleMember:
    """/v1/offices/{office}/staff/{staff_id}."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        answers=Invitation,
        status=201,
        roles=IN_CHARGE,
        refusals=("other_office", "unknown_staff", "outcome_unknown"),
    )
    async def on_post_invitation(self, req: Request, resp: Response, office: str, staff_id: str) -> None:
        """Let a member choose another password, or come back; the token is told once."""
        access = require_in_charge(req, office)
        told = {"office": office, "staff_id": staff_id, "invited_by": access.subject, "role": access.role}
        resp.data = orjson.dumps(await self._backend.ask_plain(load_body(InviteStaffAgain, {}, **told)))
        resp.status = HTTP_201

    @Operation(
        answers=Staff,
        roles=IN_CHARGE,
        refusals=("other_office", "unknown_staff", "own_account", "last_head", "outcome_unknown"),
    )
    async def on_delete(self, req: Request, resp: Response, office: str, staff_id: str) -> None:
        """Let a member sign in no more; their sessions end at once."""
        access = require_in_charge(req, office)
        told = {"office": office, "staff_id": staff_id, "ended_by": access.subject, "role": access.role}
        resp.data = orjson.dumps(await self._backend.ask_plain(load_body(EndStaff, {}, **told)))


class Invitations:
    """/v1/invitations/accept."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=AcceptInvitation, answers=Session, status=201, refusals=("invitation_over", "outcome_unknown")
    )
    async def on_post(self, req: Request, resp: Response) -> None:
        """Choose one's password with the token of an invitation, and sign in."""
        command = load_body(AcceptInvitation, await read_json(req))
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_201
