"""A reminder on the day before: come, with what, or give the place to somebody else.

It is asked for with the message that says that a booking stands, and belongs to the same topic: whatever is
told of the booking later, that it was moved, cancelled, or cannot be kept, makes it pointless by itself.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from contracts.events.booking import BookingAffected, BookingReinstated, BookingState
from contracts.words import Channel
from services.notify.domain.messages import Message, facts_of_booking, topic_of_booking

BEFORE = timedelta(hours=18)
"""For office hours, in the afternoon or evening before: early enough to gather papers, or to cancel."""

EARLIEST, LATEST = time(8), time(20)
"""When a phone may be rung on that day, by the office's clock."""

OF_USE = timedelta(hours=6)
"""How long after its time a reminder is still sent, to nobody in the hall."""

NIGHT = time(22)
"""No reminder is sent later than this."""

WORTH_IT = timedelta(hours=6)
"""Who was told of the booking less than this before the reminder needs none."""

_CHANNEL: Channel = "whatsapp"
"""It is of use on the phone, on the way; the mailbox has the confirmation."""

_FACTS = frozenset({"code", "service", "starts_at"})


def of_reminder(event: BookingState, *, at: datetime, zone: ZoneInfo | None) -> tuple[Message, ...]:
    """Remind of a booking that stands and is told at `at`, if that is long enough before.

    Who is told that they can come after all may never have heard that they could not: what they know of the
    booking is older than this. The clock is not minded where nobody knows the office's.
    """
    if event.status != "booked" or isinstance(event, BookingAffected):
        return ()
    send_at, expires_at = _when(event.starts_at, zone)
    if at > (send_at if isinstance(event, BookingReinstated) else send_at - WORTH_IT):
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
            expires_at=expires_at,
            send_at=send_at,
        ),
    )


def _when(starts_at: datetime, zone: ZoneInfo | None) -> tuple[datetime, datetime]:
    """Return from when until when a reminder is sent: in the hours in which a phone may be rung."""
    send_at = starts_at - BEFORE
    if zone is None:
        return send_at, send_at + OF_USE
    day_before = starts_at.astimezone(zone).date() - timedelta(days=1)
    earliest, latest, night = (
        datetime.combine(day_before, clock, tzinfo=zone).astimezone(UTC)
        for clock in (EARLIEST, LATEST, NIGHT)
    )
    send_at = min(max(send_at, earliest), latest)
    return send_at, min(send_at + OF_USE, night)
