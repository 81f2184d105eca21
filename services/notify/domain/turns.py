"""What people in the hall are told beside their number and their call.

    few before them for the first time in a step ──▶ turn_near
    their call was undone ─────────────────────────▶ call_undone, if the call was told

Both have the ticket's own topic and version: a call that came in the meantime makes the first pointless, and
the second makes a call pointless that was not told yet.
"""

from datetime import datetime, timedelta
from typing import Any

from contracts.events import TicketRestored, TurnNear
from contracts.events.checkin import QueueTicketState
from services.notify.domain.messages import IN_THE_HALL, Message, topic_of_ticket

OF_USE = timedelta(minutes=30)
"""How long after the event it is still worth telling: later the turn has come, or the hall stands still."""


def of_turn_near(event: TurnNear, *, at: datetime) -> tuple[Message, ...]:
    """Tell a person that their turn is near, once for each step; `at` is when that came to be.

    A walk-in has no person: nobody is told.
    """
    return _urgent(
        event,
        template="turn_near",
        occurrence=event.steps.index(event.step) + 1,
        facts={"number": event.number, "before": event.before},
        expires_at=at + OF_USE,
    )


def of_undone_call(event: TicketRestored, *, at: datetime, of_use: timedelta) -> tuple[Message, ...]:
    """Tell a person who was called to a counter that they wait again; `at` is when the officer undid it.

    Whatever else was undone is nothing to them. A walk-in has no person: nobody is told.
    """
    if event.state not in ("waiting", "held"):
        return ()
    return _urgent(
        event,
        template="call_undone",
        occurrence=event.version,
        facts={"number": event.number},
        expires_at=at + of_use,
        only_after=("ticket_called",),
    )


def _urgent(event: QueueTicketState, **message: Any) -> tuple[Message, ...]:
    if event.person_id is None:
        return ()
    return tuple(
        Message(
            topic=topic_of_ticket(event),
            version=event.version,
            channel=channel,
            person_id=event.person_id,
            office=event.office,
            urgent=True,
            **message,
        )
        for channel in IN_THE_HALL
    )
