"""What people in the hall are told before they are called: that few are left before them.

    few before them for the first time in a step ──▶ turn_near

It has the ticket's own topic and version, so a call that came in the meantime makes it pointless.
"""

from datetime import datetime, timedelta

from contracts.events import TurnNear
from services.notify.domain.messages import IN_THE_HALL, Message, topic_of_ticket

OF_USE = timedelta(minutes=30)
"""How long after the event it is still worth telling: later the turn has come, or the hall stands still."""


def of_turn_near(event: TurnNear, *, at: datetime) -> tuple[Message, ...]:
    """Tell a person that their turn is near, once for each step; `at` is when that came to be.

    A walk-in has no person: nobody is told.
    """
    if event.person_id is None:
        return ()
    return tuple(
        Message(
            topic=topic_of_ticket(event),
            version=event.version,
            template="turn_near",
            occurrence=event.steps.index(event.step) + 1,
            channel=channel,
            person_id=event.person_id,
            office=event.office,
            facts={"number": event.number, "before": event.before},
            urgent=True,
            expires_at=at + OF_USE,
        )
        for channel in IN_THE_HALL
    )
