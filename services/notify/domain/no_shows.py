"""What people are told who did not come, at offices where that is counted.

counts, books at will ──▶ no_show_counted    has to wait ──▶ no_show_wait    counts no more ──▶ no_show_lifted
"""

from datetime import timedelta

from contracts.events import NoShowCounted
from contracts.words import Channel
from services.notify.domain.messages import Message, Template

OF_USE = timedelta(days=30)
"""How long after the visit it is still worth telling."""

_BOTH: tuple[Channel, ...] = ("whatsapp", "email")


def of_no_show(event: NoShowCounted) -> tuple[Message, ...]:
    """Tell somebody what counts and from when they may book again; what is newer replaces the unsent."""
    facts: dict[str, str | int] = {
        "code": event.code,
        "starts_at": event.starts_at.isoformat(),
        "missed": event.missed,
        "after": event.after,
        "within_days": event.within_days,
        "wait_days": event.wait_days,
    }
    if event.book_from is not None:
        facts["book_from"] = event.book_from.isoformat()
    return tuple(
        Message(
            topic=f"no_show/{event.office}/{event.person_id}",
            version=event.version,
            template=_template_of(event),
            occurrence=event.version,
            channel=channel,
            person_id=event.person_id,
            office=event.office,
            facts=facts,
            urgent=False,
            expires_at=event.starts_at + OF_USE,
        )
        for channel in _BOTH
    )


def _template_of(event: NoShowCounted) -> Template:
    if event.book_from is not None:
        return "no_show_wait"
    return "no_show_counted" if event.missed else "no_show_lifted"
