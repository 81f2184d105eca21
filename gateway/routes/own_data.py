"""One's own data: how the hall shows one, a copy of all of it, and an end to it."""

import orjson
from falcon import HTTP_204
from falcon.asgi import Request, Response

from contracts.requests.own_data import ErasePerson, ExportPerson, PersonExport
from contracts.requests.profile import CorrectName, GetProfile, Profile, ShowAs
from contracts.words import Role
from gateway.auth import end_session, require
from gateway.backend import Backend
from gateway.client_address import client_address
from gateway.commands import load_body, read_json
from gateway.operation import Operation

_CITIZEN: tuple[Role, ...] = ("citizen",)


class OwnData:
    """/v1/me, /v1/me/name and /v1/me/export."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=Profile, roles=_CITIZEN, refusals=("unknown_account",))
    async def on_get(self, req: Request, resp: Response) -> None:
        """Read one's names, and what the hall shows of them."""
        access = require(req, _CITIZEN)
        resp.data = orjson.dumps(await self._backend.ask_plain(GetProfile(person_id=access.subject)))

    @Operation(
        takes=ShowAs,
        given=("person_id",),
        answers=Profile,
        roles=_CITIZEN,
        refusals=("unknown_account",),
    )
    async def on_patch(self, req: Request, resp: Response) -> None:
        """Choose what the hall shows of oneself; it holds at once for bookings that are ahead too."""
        access = require(req, _CITIZEN)
        command = load_body(ShowAs, await read_json(req), person_id=access.subject)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))

    @Operation(
        takes=CorrectName,
        given=("person_id",),
        answers=Profile,
        roles=_CITIZEN,
        refusals=("unknown_account", "name_too_different", "too_many_attempts"),
    )
    async def on_put_name(self, req: Request, resp: Response) -> None:
        """Write one's name as the identity card does, where it was mistyped; twice a day at most."""
        access = require(req, _CITIZEN)
        command = load_body(CorrectName, await read_json(req), person_id=access.subject)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))

    @Operation(answers=PersonExport, roles=_CITIZEN, refusals=("unknown_account",))
    async def on_get_export(self, req: Request, resp: Response) -> None:
        """Read all that is kept about oneself, and what other services keep for how long."""
        access = require(req, _CITIZEN)
        resp.data = orjson.dumps(await self._backend.ask_plain(ExportPerson(person_id=access.subject)))
        resp.set_header("Content-Disposition", 'attachment; filename="antrean.json"')

    @Operation(
        takes=ErasePerson,
        given=("person_id", "address"),
        status=204,
        roles=_CITIZEN,
        refusals=("sign_in_failed", "too_many_attempts", "unknown_account", "outcome_unknown"),
    )
    async def on_delete(self, req: Request, resp: Response) -> None:
        """Erase one's account and data for good; bookings ahead are given up, all sessions end."""
        access = require(req, _CITIZEN)
        told = {"person_id": access.subject, "address": client_address(req)}
        command = load_body(ErasePerson, await read_json(req), **told)
        await self._backend.ask_plain(command)
        end_session(resp)
        resp.status = HTTP_204
