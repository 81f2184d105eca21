"""Visits at home: asked for by citizens, answered by the office that covers them."""

import orjson
from falcon import HTTP_201
from falcon.asgi import Request, Response

from contracts.requests.home_visits import (
    DeclineHomeVisit,
    FinishHomeVisit,
    HomeVisit,
    HomeVisitCases,
    HomeVisits,
    ListHomeVisits,
    ListOwnHomeVisits,
    RequestHomeVisit,
    ScheduleHomeVisit,
    WithdrawHomeVisit,
)
from contracts.words import Role
from gateway.auth import require
from gateway.backend import Backend
from gateway.commands import load_body, read_json
from gateway.operation import Operation
from gateway.routes.bookings import CITIZEN

VISITING: tuple[Role, ...] = ("officer", "head")
_GIVEN = ("office", "officer_id", "role", "visit_id")
_ANSWERING = ("other_office", "unknown_home_visit", "home_visit_over")


class HomeVisitList:
    """/v1/home-visits."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=RequestHomeVisit,
        given=("person_id",),
        answers=HomeVisit,
        status=201,
        roles=CITIZEN,
        refusals=(
            "sensitive_consent_missing",
            "unknown_account",
            "unknown_dependent",
            "no_office_for_district",
            "home_visit_open",
            "home_visit_limit",
        ),
    )
    async def on_post(self, req: Request, resp: Response) -> None:
        """Ask for a visit at home, for oneself or a dependent who is ill, disabled or old.

        The office that covers the district is asked. Address and reason are kept encrypted, and dropped
        some weeks after the visit.
        """
        person = require(req, CITIZEN)
        command = load_body(RequestHomeVisit, await read_json(req), person_id=person.subject)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
        resp.status = HTTP_201

    @Operation(answers=HomeVisits, roles=CITIZEN)
    async def on_get(self, req: Request, resp: Response) -> None:
        """List the person's requests, and those for their family, newest first."""
        person = require(req, CITIZEN)
        resp.data = orjson.dumps(await self._backend.ask_plain(ListOwnHomeVisits(person_id=person.subject)))


class SingleHomeVisit:
    """/v1/home-visits/{visit_id}."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=HomeVisit, roles=CITIZEN, refusals=("unknown_home_visit", "home_visit_over"))
    async def on_delete(self, req: Request, resp: Response, visit_id: str) -> None:
        """Need no visit any more; one that is withdrawn already stays so and is answered the same."""
        person = require(req, CITIZEN)
        command = WithdrawHomeVisit(person_id=person.subject, visit_id=visit_id)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))


class OfficeHomeVisits:
    """/v1/offices/{office}/home-visits."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=HomeVisitCases, roles=VISITING, refusals=("other_office", "unknown_office"))
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """List the office's open requests: those without a day by age, then those with one by time.

        The audit log keeps who read them.
        """
        access = require(req, VISITING, office)
        query = ListHomeVisits(office=office, officer_id=access.subject, role=access.role)
        resp.data = orjson.dumps(await self._backend.ask_plain(query))


class HomeVisitAnswer:
    """/v1/offices/{office}/home-visits/{visit_id}/schedule, /decline and /finish."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=ScheduleHomeVisit,
        given=_GIVEN,
        answers=HomeVisit,
        roles=VISITING,
        refusals=(*_ANSWERING, "unknown_office", "bad_visit_time"),
    )
    async def on_post_schedule(self, req: Request, resp: Response, office: str, visit_id: str) -> None:
        """Say on which day and within which hours the office comes; once more it is another day."""
        await self._answer(req, resp, ScheduleHomeVisit, office=office, visit_id=visit_id)

    @Operation(takes=DeclineHomeVisit, given=_GIVEN, answers=HomeVisit, roles=VISITING, refusals=_ANSWERING)
    async def on_post_decline(self, req: Request, resp: Response, office: str, visit_id: str) -> None:
        """Say that nobody can come, and why."""
        await self._answer(req, resp, DeclineHomeVisit, office=office, visit_id=visit_id)

    @Operation(
        takes=FinishHomeVisit,
        given=_GIVEN,
        body_required=False,
        answers=HomeVisit,
        roles=VISITING,
        refusals=(*_ANSWERING, "home_visit_ahead"),
    )
    async def on_post_finish(self, req: Request, resp: Response, office: str, visit_id: str) -> None:
        """Say that the visit was made."""
        await self._answer(req, resp, FinishHomeVisit, office=office, visit_id=visit_id, optional=True)

    async def _answer(
        self,
        req: Request,
        resp: Response,
        contract: type[ScheduleHomeVisit | DeclineHomeVisit | FinishHomeVisit],
        *,
        office: str,
        visit_id: str,
        optional: bool = False,
    ) -> None:
        access = require(req, VISITING, office)
        body = await read_json(req, optional=optional)
        command = load_body(
            contract, body, office=office, visit_id=visit_id, officer_id=access.subject, role=access.role
        )
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
