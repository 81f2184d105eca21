"""What an office decides about itself, what it would change, and whose booking stands against it."""

import orjson
from falcon.asgi import Request, Response

from contracts.requests.booking import AffectedBookings, ChangeOfficePlan, ListAffectedBookings
from contracts.requests.office_head import (
    GetOfficePlan,
    GetOfficeSchedule,
    OfficeSchedule,
    PlanPreview,
    PresentPlan,
    PreviewOfficePlan,
)
from contracts.words import Role
from gateway.auth import require
from gateway.backend import Backend
from gateway.commands import load_body, read_json
from gateway.operation import Operation

_HEAD: tuple[Role, ...] = ("head",)
_STAFF: tuple[Role, ...] = ("head", "officer")


class OfficePlanResource:
    """/v1/offices/{office}/plan."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=PresentPlan, roles=_HEAD, refusals=("other_office", "unknown_office"))
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Read the plan in force, to change and send back: as data, and as the text of a YAML file."""
        require(req, _HEAD, office)
        resp.data = orjson.dumps(await self._backend.ask_plain(GetOfficePlan(office=office)))

    @Operation(
        takes=ChangeOfficePlan,
        given=("office", "changed_by"),
        answers=AffectedBookings,
        roles=_HEAD,
        refusals=("other_office", "unknown_office", "office_plan_invalid", "plan_changed_meanwhile"),
    )
    async def on_put(self, req: Request, resp: Response, office: str) -> None:
        """Decide anew about the office: services, hours, closures, release. The same again changes nothing.

        No booking is lost: those at whose time the office will not work are listed in the answer.
        """
        access = require(req, _HEAD, office)
        told = {"office": office, "changed_by": access.subject}
        command = load_body(ChangeOfficePlan, await read_json(req), **told)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))


class OfficePlanPreview:
    """/v1/offices/{office}/plan/preview."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(
        takes=PreviewOfficePlan,
        given=("office",),
        answers=PlanPreview,
        roles=_HEAD,
        refusals=("other_office", "unknown_office", "office_plan_invalid"),
    )
    async def on_post(self, req: Request, resp: Response, office: str) -> None:
        """Say what a plan would change, and change nothing: the coming days, who would be affected."""
        require(req, _HEAD, office)
        query = load_body(PreviewOfficePlan, await read_json(req), office=office)
        resp.data = orjson.dumps(await self._backend.ask_plain(query))


class OfficeScheduleResource:
    """/v1/offices/{office}/schedule."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=OfficeSchedule, roles=_STAFF, refusals=("other_office", "unknown_office"))
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """List the next fourteen days: hours, places, how many are taken, and what is shut."""
        require(req, _STAFF, office)
        resp.data = orjson.dumps(await self._backend.ask_plain(GetOfficeSchedule(office=office)))


class OfficeAffectedBookings:
    """/v1/offices/{office}/affected-bookings."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=AffectedBookings, roles=_STAFF, refusals=("other_office", "unknown_office"))
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """List the bookings that stand at times at which the office will not work."""
        require(req, _STAFF, office)
        resp.data = orjson.dumps(await self._backend.ask_plain(ListAffectedBookings(office=office)))
