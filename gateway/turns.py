"""A number's turn, from two services: why it is where it is, and how much longer it may take."""

import asyncio
from dataclasses import dataclass, fields

from chassis.log import get_logger
from contracts.refusals import Refused
from contracts.requests.floor import ExplainTurn, Turn
from contracts.requests.waiting import GetLineWaits, TicketWait
from contracts.words import Count
from gateway.backend import Backend

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTurn(Turn):
    """A turn with the minutes until its next call, from `low_minutes` to `high_minutes`, in steps of five.

    Both are null where it does not wait in the office's line, or nobody can tell.
    """

    low_minutes: Count | None
    high_minutes: Count | None


async def turn_of(backend: Backend, query: ExplainTurn) -> ToldTurn:
    """Ask check-in why, and display how long; without display's answer the turn is told alone.

    Raises what check-in refuses with.
    """
    turn, waits = await asyncio.gather(backend.ask(query), _waits(backend, query.office))
    # Who waits before one counter is in no line that counters share: nothing is told of that.
    in_line = turn.state == "waiting" and turn.counter is None
    wait = next((one for one in waits if one.number == turn.number), None) if in_line else None
    known = {field.name: getattr(turn, field.name) for field in fields(Turn)}
    return ToldTurn(
        **known,
        low_minutes=wait.low_minutes if wait else None,
        high_minutes=wait.high_minutes if wait else None,
    )


async def _waits(backend: Backend, office: str) -> tuple[TicketWait, ...]:
    try:
        return (await backend.ask(GetLineWaits(office=office))).tickets
    except Refused as refused:
        log.info("turn_told_without_minutes", code=refused.code)
        return ()
