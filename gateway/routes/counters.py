"""A counter, run by an officer of its office, or by the office's head."""

from typing import Any

import orjson
from falcon.asgi import Request, Response

from contracts.requests.checkin import (
    CallNext,
    CloseCounter,
    Counter,
    CounterRequest,
    FinishTicket,
    GetCounter,
    MarkNoShow,
    OpenCounter,
    RecallTicket,
)
from contracts.words import Role
from gateway.auth import require
from gateway.backend import Backend
from gateway.commands import load_body, read_json
from gateway.operation import Operation

STAFF: tuple[Role, ...] = ("officer", "head")
_GIVEN = ("office", "counter", "officer")
_TOO_EARLY = ("recall_first", "still_on_the_way")
OF_TICKET = ("counter_closed", "no_ticket_at_counter", "other_ticket_at_counter")
_ALWAYS = ("other_office", "unknown_office", "unknown_counter")


def doing(
    command: type[CounterRequest],
    *refusals: str,
    body_required: bool = False,
    roles: tuple[Role, ...] = STAFF,
) -> Operation:
    """Describe what is done at a counter."""
    return Operation(
        takes=command,
        given=_GIVEN,
        body_required=body_required,
        answers=Counter,
        roles=roles,
        refusals=(*_ALWAYS, *refusals, "outcome_unknown"),
    )


class CounterResource:
    """What is below /v1/offices/{office}/counters/{number}."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def _do(
        self,
        contract: type[CounterRequest],
        req: Request,
        resp: Response,
        *,
        office: str,
        number: int,
        roles: tuple[Role, ...] = STAFF,
    ) -> None:
        officer = require(req, roles, office)
        body = await read_json(req, optional=True)
        command = load_body(contract, body, office=office, counter=number, officer=officer.subject)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))


class Counters(CounterResource):
    """/v1/offices/{office}/counters/{number}, and what every counter does as paths below it."""

    @Operation(answers=Counter, roles=STAFF, refusals=_ALWAYS)
    async def on_get(self, req: Request, resp: Response, office: str, number: int) -> None:
        """Read the counter: its ticket, and how many wait for what it offers."""
        officer = require(req, STAFF, office)
        query = GetCounter(office=office, counter=number, officer=officer.subject)
        resp.data = orjson.dumps(await self._backend.ask_plain(query))

    @doing(OpenCounter, "unknown_service_here", "unknown_step_here")
    async def on_post_open(self, req: Request, resp: Response, **place: Any) -> None:
        """Sit down at the counter and offer services at steps of their journeys; none named means all."""
        await self._do(OpenCounter, req, resp, **place)

    @doing(CallNext, "counter_closed", "counter_paused", "counter_busy", "queue_empty")
    async def on_post_call(self, req: Request, resp: Response, **place: Any) -> None:
        """Call the next waiting ticket."""
        await self._do(CallNext, req, resp, **place)

    @doing(RecallTicket, "counter_closed", "no_ticket_at_counter", "recall_too_soon")
    async def on_post_recall(self, req: Request, resp: Response, **place: Any) -> None:
        """Call the present ticket once more."""
        await self._do(RecallTicket, req, resp, **place)

    @doing(FinishTicket, *OF_TICKET)
    async def on_post_finish(self, req: Request, resp: Response, **place: Any) -> None:
        """Be done with the present ticket, with its step or its visit; `ticket_id` says which is meant."""
        await self._do(FinishTicket, req, resp, **place)

    @doing(MarkNoShow, *OF_TICKET, *_TOO_EARLY, body_required=True)
    async def on_post_no_show(self, req: Request, resp: Response, **place: Any) -> None:
        """Be done with the present ticket, because nobody came; scanned again today it waits once more."""
        await self._do(MarkNoShow, req, resp, **place)

    @doing(CloseCounter, "counter_busy")
    async def on_post_close(self, req: Request, resp: Response, **place: Any) -> None:
        """Leave the counter."""
        await self._do(CloseCounter, req, resp, **place)
