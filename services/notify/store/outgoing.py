"""Messages on their way out: taken by a sender, delivered, tried again or given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, text

from chassis.database import Transaction
from contracts.events import MessageDelivered, MessageFailed
from contracts.words import Channel
from services.notify.domain.messages import Template
from services.notify.domain.people import Contact, Office

_TAKE = text(
    """
    WITH next AS (
        SELECT id FROM message
        WHERE channel = :channel AND status IN ('due', 'sending') AND due_at <= :now
          AND expires_at > :now AND (status = 'due' OR lost < :most_lost)
        ORDER BY urgent DESC, due_at
        LIMIT 1
        FOR UPDATE SKIP LOCKED
    )
    UPDATE message
    SET status = 'sending', attempts = attempts + 1, due_at = :lease_until, changed_at = :now,
        lost = lost + (status = 'sending')::int
    FROM next, contact, office
    WHERE message.id = next.id AND contact.person_id = message.person_id AND office.code = message.office
    RETURNING message.id, message.topic, message.template, message.facts, message.attempts,
              coalesce(message.scheduled_for, message.created_at) AS asked_at,
              message.traceparent, message.causation_id,
              contact.display_name, contact.phone, contact.email, contact.locale,
              office.code AS office_code, office.name AS office_name, office.timezone
    """
)
_DELIVERED = text(
    """
    UPDATE message SET status = 'delivered', provider_id = :provider_id, reason = NULL, changed_at = :now
    WHERE id = :id AND status = 'sending' AND attempts = :attempts
    RETURNING id, person_id, template, channel, attempts
    """
)
_FAILED = text(
    """
    UPDATE message SET status = 'failed', reason = :reason, changed_at = :now
    WHERE id = :id AND status = 'sending' AND attempts = :attempts
    RETURNING id, person_id, template, channel, attempts, reason
    """
)
_WITHOUT_ADDRESS = text(
    """
    UPDATE message SET status = 'superseded', reason = 'no address', changed_at = :now
    WHERE id = :id AND status = 'sending' AND attempts = :attempts
    """
)
_AGAIN = text(
    """
    UPDATE message SET status = 'due', due_at = :due_at, reason = :reason, changed_at = :now
    WHERE id = :id AND status = 'sending' AND attempts = :attempts
    """
)
_GIVE_UP = text(
    """
    WITH pointless AS (
        SELECT id FROM message
        WHERE (status IN ('waiting', 'due') AND expires_at <= :now)
           OR (status = 'sending' AND due_at <= :now
               AND (expires_at <= :now OR lost >= :most_lost))
        FOR UPDATE SKIP LOCKED
    )
    UPDATE message
    SET status = 'failed', changed_at = :now,
        reason = CASE WHEN expires_at <= :now THEN 'stale' ELSE coalesce(reason, 'no outcome') END
    FROM pointless WHERE message.id = pointless.id
    RETURNING message.id, person_id, template, channel, attempts, reason
    """
)
_FORGET = text(
    """
    DELETE FROM message WHERE status IN ('delivered', 'failed', 'superseded') AND changed_at < :before
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A message in a sender's hands until its lease ends; `id` and `attempts` are the claim on it."""

    id: str
    attempts: int
    topic: str
    template: Template
    facts: dict[str, str | int]
    traceparent: str
    causation_id: str | None
    asked_at: datetime
    contact: Contact
    office: Office


def take(tx: Transaction, channel: Channel, *, lease_seconds: float, most_lost: int) -> Taken | None:
    """Take the most urgent due message of a channel, or one whose sender has not come back.

    That may be the message's own doing: `most_lost` senders may be lost with it.
    """
    row = tx.execute(
        _TAKE,
        {
            "channel": channel,
            "now": tx.now,
            "lease_until": tx.now + timedelta(seconds=lease_seconds),
            "most_lost": most_lost,
        },
    ).one_or_none()
    return None if row is None else _taken(row)


def mark_delivered(tx: Transaction, taken: Taken, provider_id: str) -> None:
    """Say that the provider took a message; nothing happens when the claim on it was lost."""
    parameters = {"id": taken.id, "attempts": taken.attempts, "provider_id": provider_id, "now": tx.now}
    for row in tx.execute(_DELIVERED, parameters):
        tx.emit(MessageDelivered(**_state(row)))


def mark_failed(tx: Transaction, taken: Taken, reason: str) -> None:
    """Give a message up; nothing happens when the claim on it was lost."""
    parameters = {"id": taken.id, "attempts": taken.attempts, "reason": reason, "now": tx.now}
    for row in tx.execute(_FAILED, parameters):
        tx.emit(MessageFailed(**_state(row), reason=row.reason))


def mark_without_address(tx: Transaction, taken: Taken) -> None:
    """Let a message go whose person has no address for its channel; nobody needs to hear of it."""
    tx.execute(_WITHOUT_ADDRESS, {"id": taken.id, "attempts": taken.attempts, "now": tx.now})


def put_back(tx: Transaction, taken: Taken, reason: str, *, due_at: datetime) -> None:
    """Let a message be tried again at `due_at`; nothing happens when the claim on it was lost."""
    tx.execute(
        _AGAIN,
        {"id": taken.id, "attempts": taken.attempts, "reason": reason, "due_at": due_at, "now": tx.now},
    )


def give_up_pointless(tx: Transaction, *, most_lost: int) -> int:
    """Give up what is of no use any more, or with what so many senders were lost; return how many."""
    rows = tx.execute(_GIVE_UP, {"now": tx.now, "most_lost": most_lost}).all()
    for row in rows:
        tx.emit(MessageFailed(**_state(row), reason=row.reason))
    return len(rows)


def forget_finished(tx: Transaction, *, before: datetime) -> int:
    """Delete messages that came to their end before a moment; return how many."""
    return tx.execute(_FORGET, {"before": before}).rowcount


def _taken(row: Row[Any]) -> Taken:
    return Taken(
        id=str(row.id),
        attempts=row.attempts,
        topic=row.topic,
        template=row.template,
        facts=row.facts,
        traceparent=row.traceparent,
        causation_id=None if row.causation_id is None else str(row.causation_id),
        asked_at=row.asked_at,
        contact=Contact(display_name=row.display_name, phone=row.phone, email=row.email, locale=row.locale),
        office=Office(code=row.office_code, name=row.office_name, timezone=row.timezone),
    )


def _state(row: Row[Any]) -> dict[str, Any]:
    return {
        "version": row.attempts + 1,
        "message_id": str(row.id),
        "person_id": str(row.person_id),
        "template": row.template,
        "channel": row.channel,
        "attempts": row.attempts,
    }
