"""A counter, run by an officer of its office."""

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

_OFFICER: tuple[Role, ...] = ("officer",)
_GIVEN = ("office", "counter", "officer")
_TOO_EARLY = ("other_ticket_at_counter", "recall_first", "still_on_the_way")
_ALWAYS = ("other_office", "unknown_office", "unknown_counter")


def _doing(command: type[CounterRequest], *refusals: str, body_required: bool = False) -> Operation:
    return Operation(
        takes=command,
        given=_GIVEN,
        body_required=body_required,
        answers=Counter,
        roles=_OFFICER,
        refusals=(*_ALWAYS, *refusals, "outcome_unknown"),
    )


class Counters:
    """/v1/offices/{office}/counters/{number}, and what can be done there as paths below it."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=Counter, roles=_OFFICER, refusals=_ALWAYS)
    async def on_get(self, req: Request, resp: Response, office: str, number: int) -> None:
        """Read the counter: its ticket, and how many wait for what it offers."""
        officer = require(req, _OFFICER, office)
        query = GetCounter(office=office, counter=number, officer=officer.subject)
        resp.data = orjson.dumps(await self._backend.ask_plain(query))

    @_doing(OpenCounter, "unknown_service_here")
    async def on_post_open(self, req: Request, resp: Response, **place: Any) -> None:
        """Sit down at the counter and offer services; none named means all of the office's."""
        await self._do(OpenCounter, req, resp, **place)

    @_doing(CallNext, "counter_closed", "counter_busy", "queue_empty")
    async def on_post_call(self, req: Request, resp: Response, **place: Any) -> None:
        """Call the next waiting ticket."""
        await self._do(CallNext, req, resp, **place)

    @_doing(RecallTicket, "counter_closed", "no_ticket_at_counter")
    async def on_post_recall(self, req: Request, resp: Response, **place: Any) -> None:
        """Call the present ticket once more."""
        await self._do(RecallTicket, req, resp, **place)

    @_doing(FinishTicket, "counter_closed", "no_ticket_at_counter")
    async def on_post_finish(self, req: Request, resp: Response, **place: Any) -> None:
        """Be done with the present ticket."""
        await self._do(FinishTicket, req, resp, **place)

    @_doing(MarkNoShow, "counter_closed", "no_ticket_at_counter", *_TOO_EARLY, body_required=True)
    async def on_post_no_show(self, req: Request, resp: Response, **place: Any) -> None:
        """Be done with the present ticket, because nobody came; scanned again today it waits once more."""
        await self._do(MarkNoShow, req, resp, **place)

    @_doing(CloseCounter, "counter_busy")
    async def on_post_close(self, req: Request, resp: Response, **place: Any) -> None:
        """Leave the counter."""
        await self._do(CloseCounter, req, resp, **place)

    async def _do(
        self, contract: type[CounterRequest], req: Request, resp: Response, *, office: str, number: int
    ) -> None:
        officer = require(req, _OFFICER, office)
        body = await read_json(req, optional=True)
        command = load_body(contract, body, office=office, counter=number, officer=officer.subject)
        resp.data = orjson.dumps(await self._backend.ask_plain(command))
