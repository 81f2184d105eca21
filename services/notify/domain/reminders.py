"""A reminder on the day before: come, with what, or give the place to somebody else.

It is asked for with the message that says that a booking stands, and belongs to the same topic: whatever is
told of the booking later, that it was moved, cancelled, or cannot be kept, makes it pointless by itself.
"""

from datetime import datetime, timedelta

from contracts.events.booking import BookingAffected, BookingState
from contracts.words import Channel
from services.notify.domain.messages import Message, facts_of_booking, topic_of_booking

BEFORE = timedelta(hours=18)
"""For office hours, in the afternoon or evening before: early enough to gather papers, or to cancel."""

WORTH_IT = timedelta(hours=6)
"""Who was told of the booking less than this before the reminder needs none."""

_CHANNEL: Channel = "whatsapp"
"""It is of use on the phone, on the way; the mailbox has the confirmation."""

_FACTS = frozenset({"code", "service", "starts_at"})


def of_reminder(event: BookingState, *, at: datetime) -> tuple[Message, ...]:
    """Remind of a booking that stands and was told at `at`, if that is long enough before."""
    send_at = event.starts_at - BEFORE
    if event.status != "booked" or isinstance(event, BookingAffected) or send_at < at + WORTH_IT:
        return ()
    return (
        Message(
            topic=topic_of_booking(event),
            version=event.version,
            template="booking_reminder",
            occurrence=event.version,
            channel=_CHANNEL,
            person_id=event.person_id,
            office=event.office,
            facts={name: fact for name, fact in facts_of_booking(event).items() if name in _FACTS},
            urgent=False,
            expires_at=event.starts_at,
            send_at=send_at,
        ),
    )
