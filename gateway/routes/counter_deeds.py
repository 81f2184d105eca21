"""What is done at a counter beside calling and finishing in turn."""

from typing import Any

from falcon.asgi import Request, Response

from contracts.requests.counter_deeds import (
    CallTicket,
    ClearEmergency,
    HoldTicket,
    PauseCounter,
    RaiseEmergency,
    ResumeCounter,
    ResumeTicket,
    ReturnTicket,
    TransferTicket,
    UndoLast,
)
from contracts.words import Role
from gateway.routes.counters import OF_TICKET, CounterResource, doing

_HEAD: tuple[Role, ...] = ("head",)
_BY_NUMBER = ("unknown_number", "ticket_other_state")
_CALLS = ("counter_closed", "counter_paused", "counter_busy", *_BY_NUMBER)


class CounterDeeds(CounterResource):
    """Further paths below /v1/offices/{office}/counters/{number}."""

    @doing(PauseCounter, "counter_closed")
    async def on_post_pause(self, req: Request, resp: Response, **place: Any) -> None:
        """Leave the counter for a while: it calls nobody."""
        await self._do(PauseCounter, req, resp, **place)

    @doing(ResumeCounter, "counter_closed")
    async def on_post_resume(self, req: Request, resp: Response, **place: Any) -> None:
        """Be back at the counter."""
        await self._do(ResumeCounter, req, resp, **place)

    @doing(CallTicket, *_CALLS, body_required=True, roles=_HEAD)
    async def on_post_call_ticket(self, req: Request, resp: Response, **place: Any) -> None:
        """Call a waiting ticket out of its turn; the reason is kept."""
        await self._do(CallTicket, req, resp, **place, roles=_HEAD)

    @doing(HoldTicket, *OF_TICKET, "visit_day_over")
    async def on_post_hold(self, req: Request, resp: Response, **place: Any) -> None:
        """Put the present ticket aside until its person is back."""
        await self._do(HoldTicket, req, resp, **place)

    @doing(ResumeTicket, *_CALLS, body_required=True)
    async def on_post_resume_ticket(self, req: Request, resp: Response, **place: Any) -> None:
        """Have a held ticket before the counter again."""
        await self._do(ResumeTicket, req, resp, **place)

    @doing(TransferTicket, *OF_TICKET, "unknown_step_here", "transfer_to_nowhere", "visit_day_over")
    async def on_post_transfer(self, req: Request, resp: Response, **place: Any) -> None:
        """Send the present ticket to another counter, to another step, or to both; it keeps its turn."""
        await self._do(TransferTicket, req, resp, **place)

    @doing(ReturnTicket, "counter_closed", *_BY_NUMBER, body_required=True)
    async def on_post_return(self, req: Request, resp: Response, **place: Any) -> None:
        """Let a ticket to whose calls nobody came today wait again."""
        await self._do(ReturnTicket, req, resp, **place)

    @doing(UndoLast, "counter_closed", "nothing_to_undo", "undo_over", "undone_by_others")
    async def on_post_undo(self, req: Request, resp: Response, **place: Any) -> None:
        """Undo what was done last with a ticket here, within ten seconds."""
        await self._do(UndoLast, req, resp, **place)

    @doing(RaiseEmergency)
    async def on_post_emergency(self, req: Request, resp: Response, **place: Any) -> None:
        """Ask for help at the counter."""
        await self._do(RaiseEmergency, req, resp, **place)

    @doing(ClearEmergency)
    async def on_post_emergency_clear(self, req: Request, resp: Response, **place: Any) -> None:
        """Say that help came, or that none is needed."""
        await self._do(ClearEmergency, req, resp, **place)
