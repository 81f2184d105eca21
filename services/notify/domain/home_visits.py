"""Which messages a request for a visit at home asks for.

    HomeVisitRequested ──▶ home_visit_requested
    HomeVisitAnswered ──▶ home_visit_scheduled (anew for each other day), home_visit_declined

Nobody who looks over a shoulder reads in them why the office comes: the events do not tell.
"""

from datetime import datetime, timedelta

from contracts.events.home_visit import HomeVisitState
from contracts.words import Channel
from services.notify.domain.messages import Message, Template

ANSWER_OF_USE = timedelta(days=30)
"""How long after the request it is still worth telling that it came in, or that nobody comes."""

_BOTH: tuple[Channel, ...] = ("whatsapp", "email")


def of_home_visit(event: HomeVisitState) -> tuple[Message, ...]:
    """Tell who asked that the office knows of it, when it comes, or why it does not."""
    return tuple(
        Message(
            topic=f"home_visit/{event.visit_id}",
            version=event.version,
            template=_template_of(event),
            occurrence=event.version,
            channel=channel,
            person_id=event.person_id,
            office=event.office,
            facts=_facts_of(event),
            urgent=False,
            expires_at=_of_use_until(event),
        )
        for channel in _BOTH
    )


def _template_of(event: HomeVisitState) -> Template:
    if event.status == "scheduled":
        return "home_visit_scheduled"
    return "home_visit_declined" if event.status == "declined" else "home_visit_requested"


def _facts_of(event: HomeVisitState) -> dict[str, str | int]:
    facts: dict[str, str | int] = {}
    if event.starts_at is not None and event.ends_at is not None:
        facts |= {"starts_at": event.starts_at.isoformat(), "ends_at": event.ends_at.isoformat()}
    return facts if event.decline_reason is None else {**facts, "declined": event.decline_reason}


def _of_use_until(event: HomeVisitState) -> datetime:
    return event.requested_at + ANSWER_OF_USE if event.ends_at is None else event.ends_at
