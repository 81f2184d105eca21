"""People without a sign-in of their own, for whom the person who is signed in books."""

import orjson
from falcon import HTTP_201
from falcon.asgi import Request, Response

from contracts.requests.dependents import (
    AddDependent,
    Dependent,
    Dependents,
    ListDependents,
    RemoveDependent,
    ShowDependentAs,
)
from gateway.auth import require
from gateway.backend import Backend
from gateway.commands import load_body, read_json
from gateway.operation import Operation
from gateway.routes.bookings import CITIZEN


class DependentList:
    """/v1/dependents."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=AddDependent,
        given=("guardian_id",),
        answers=Dependent,
        status=201,
        roles=CITIZEN,
        refusals=(
            "unknown_account",
            "bad_nik",
            "birth_date_not_of_nik",
            "dependent_exists",
            "too_many_attempts",
            "too_many_dependents",
        ),
    )
    async def on_post(self, req: Request, resp: Response) -> None:
        """Add somebody for whom the person books: a child, a parent, anybody without an account."""
        person = require(req, CITIZEN)
        command = load_body(AddDependent, await read_json(req), guardian_id=person.subject)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_201

    @Operation(answers=Dependents, roles=CITIZEN)
    async def on_get(self, req: Request, resp: Response) -> None:
        """List for whom the person books."""
        person = require(req, CITIZEN)
        resp.data = orjson.dumps(await self._backend.ask_plain(ListDependents(guardian_id=person.subject)))


class SingleDependent:
    """/v1/dependents/{person_id}."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=ShowDependentAs,
        given=("guardian_id", "person_id"),
        answers=Dependents,
        roles=CITIZEN,
        refusals=("unknown_dependent",),
    )
    async def on_patch(self, req: Request, resp: Response, person_id: str) -> None:
        """Choose what the hall shows of somebody, also on bookings ahead, and read the whole list."""
        person = require(req, CITIZEN)
        given = {"guardian_id": person.subject, "person_id": person_id}
        command = load_body(ShowDependentAs, await read_json(req), **given)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))

    @Operation(answers=Dependents, roles=CITIZEN)
    async def on_delete(self, req: Request, resp: Response, person_id: str) -> None:
        """Remove somebody from the list, and read what is left of it; their bookings stay."""
        person = require(req, CITIZEN)
        command = RemoveDependent(guardian_id=person.subject, person_id=person_id)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
