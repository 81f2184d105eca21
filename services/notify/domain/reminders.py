"""A reminder on the day before: come, with what, or give the place to somebody else.

It is asked for with the message that says that a booking stands, and belongs to the same topic: whatever is
told of the booking later, that it was moved, cancelled, or cannot be kept, makes it pointless by itself.
"""

from datetime import datetime, timedelta

from contracts.events.booking import BookingAffected, BookingReinstated, BookingState
from contracts.words import Channel
from services.notify.domain.messages import Message, facts_of_booking, topic_of_booking

BEFORE = timedelta(hours=18)
"""For office hours, in the afternoon or evening before: early enough to gather papers, or to cancel."""

OF_USE = timedelta(hours=6)
"""How long after its time a reminder is still sent: not in the night, and to nobody in the hall."""

WORTH_IT = timedelta(hours=6)
"""Who was told of the booking less than this before the reminder needs none."""

_CHANNEL: Channel = "whatsapp"
"""It is of use on the phone, on the way; the mailbox has the confirmation."""

_FACTS = frozenset({"code", "service", "starts_at"})


def of_reminder(event: BookingState, *, at: datetime) -> tuple[Message, ...]:
    """Remind of a booking that stands and is told at `at`, if that is long enough before.

    Who is told that they can come after all may never have heard that they could not: what they know of the
    booking is older than this.
    """
    send_at = event.starts_at - BEFORE
    latest_told = send_at if isinstance(event, BookingReinstated) else send_at - WORTH_IT
    if event.status != "booked" or isinstance(event, BookingAffected) or at > latest_told:
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
            expires_at=send_at + OF_USE,
            send_at=send_at,
        ),
    )
