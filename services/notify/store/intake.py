"""Messages on their way in: asked for by events, waiting, due, or pointless before they were sent."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB

from chassis.database import Transaction
from services.notify.domain.messages import Message

_LOCK_TOPICS = text(
    """
    SELECT pg_advisory_xact_lock(hashtextextended(topic, 0))
    FROM unnest(CAST(:topics AS text[])) AS one (topic)
    """
)
_LOCK_UNSENT = text(
    """
    SELECT 1 FROM message WHERE topic = ANY(:topics) AND status IN ('scheduled', 'waiting', 'due')
    ORDER BY id FOR UPDATE
    """
)
_ADD = text(
    """
    WITH asked AS (
        SELECT * FROM jsonb_to_recordset(:messages) AS asked (
            id uuid, topic text, version bigint, template text, occurrence bigint, channel text,
            person_id uuid, office text, facts jsonb, urgent boolean, expires_at timestamptz,
            unless_last_told text[], only_after text[], told boolean, send_at timestamptz, traceparent text,
            causation_id uuid)
    ), added AS (
        INSERT INTO message (
            id, topic, version, template, occurrence, channel, person_id, office, facts, urgent,
            status, due_at, scheduled_for, expires_at, traceparent, causation_id, created_at, changed_at)
        SELECT id, topic, version, template, occurrence, channel, person_id, office, facts, urgent,
               CASE WHEN NOT asked.told OR last_told = ANY(unless_last_told)
                      OR only_after <> '{}' AND NOT coalesce(last_told = ANY(only_after), false)
                    THEN 'superseded'
                    WHEN asked.send_at > :now THEN 'scheduled'
                    WHEN (SELECT 1 FROM contact WHERE contact.person_id = asked.person_id LIMIT 1) = 1
                     AND asked.office IN (SELECT code FROM office)
                    THEN 'due' ELSE 'waiting' END,
               :now, send_at, expires_at, traceparent, causation_id, :now, :now
        FROM asked LEFT JOIN LATERAL (
            SELECT told.template AS last_told FROM message AS told
            WHERE told.topic = asked.topic AND told.channel = asked.channel AND told.attempts > 0
            ORDER BY told.version DESC LIMIT 1) AS before
            ON unless_last_told <> '{}' OR only_after <> '{}'
        WHERE (
            SELECT 1 FROM message
            WHERE message.topic = asked.topic AND message.version > asked.version LIMIT 1) IS NULL
        ON CONFLICT ON CONSTRAINT message_once DO NOTHING
        RETURNING topic, version
    ), older AS (
        SELECT known.id
        FROM (SELECT topic, max(version) AS version FROM added GROUP BY topic) AS newest, LATERAL (
            SELECT id, version, status FROM message WHERE message.topic = newest.topic OFFSET 0) AS known
        WHERE known.version < newest.version AND known.status IN ('scheduled', 'waiting', 'due')
    )
    UPDATE message SET status = 'superseded', changed_at = :now FROM older WHERE message.id = older.id
    """
).bindparams(bindparam("messages", type_=JSONB))
"""An index is asked for each message: `LIMIT 1` and `OFFSET 0` keep the planner from reading whole tables. It
would while they are small, and a connection keeps such a plan while a rush fills them. Status is looked at
outside: inside it would have the planner read all that is unsent, for each topic."""
_SUPERSEDE = text(
    """
    UPDATE message SET status = 'superseded', changed_at = :now
    WHERE topic = :topic AND status IN ('scheduled', 'waiting', 'due')
      AND version < (SELECT max(version) FROM message WHERE topic = :topic)
    """
)
_WAKE = text(
    """
    WITH now_of_use AS (
        SELECT id FROM message WHERE status = 'scheduled' AND scheduled_for <= :now FOR UPDATE SKIP LOCKED
    )
    UPDATE message
    SET changed_at = :now,
        status = CASE WHEN EXISTS (
                SELECT 1 FROM message AS newer
                WHERE newer.topic = message.topic AND newer.version > message.version)
            THEN 'superseded' ELSE 'waiting' END
    FROM now_of_use WHERE message.id = now_of_use.id
    """
)
"""What became pointless meanwhile stays so, whoever should have said it."""
_RELEASE = text(
    """
    WITH known AS (
        SELECT message.id
        FROM message
        JOIN contact ON contact.person_id = message.person_id
        JOIN office ON office.code = message.office
        WHERE message.status = 'waiting'
          AND (CAST(:person_id AS uuid) IS NULL OR message.person_id = CAST(:person_id AS uuid))
        FOR UPDATE OF message SKIP LOCKED
    )
    UPDATE message SET status = 'due', due_at = :now, changed_at = :now FROM known WHERE message.id = known.id
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A message with its new id and the event that asks for it."""

    id: str
    message: Message
    traceparent: str
    causation_id: str | None


def add(tx: Transaction, asked: Sequence[Asked]) -> None:
    """Take messages; of each topic those of one version.

    One that was taken before is not taken again; one older than what is known of its topic is not
    taken at all; older ones of the topic that were not sent yet never will be. One that is pointless
    after what was told last, or not to be told, is kept as superseded, so that an older one cannot come
    after it. The topics are locked, in one order, so that two events about one which arrive together see
    each other.
    """
    topics = sorted({one.message.topic for one in asked})
    tx.execute(_LOCK_TOPICS, {"topics": topics})
    if any(one.message.unless_last_told or one.message.only_after for one in asked):
        # What a sender took is told. What it did not take yet it must not take while we look.
        tx.execute(_LOCK_UNSENT, {"topics": topics})
    tx.execute(_ADD, {"messages": [_row(one) for one in asked], "now": tx.now})


def supersede_older(tx: Transaction, topic: str) -> None:
    """Drop the unsent messages of a topic that a newer one has made pointless."""
    tx.execute(_SUPERSEDE, {"topic": topic, "now": tx.now})


def wake_scheduled(tx: Transaction) -> None:
    """Let those whose time has come wait as all others do: their contact or office may not be known yet."""
    tx.execute(_WAKE, {"now": tx.now})


def release(tx: Transaction, *, person_id: str | None = None) -> int:
    """Make due what waited for a contact or an office that is known now; return how many.

    Looks at one person's messages, or at all.
    """
    return tx.execute(_RELEASE, {"person_id": person_id, "now": tx.now}).rowcount


def _row(asked: Asked) -> dict[str, object]:
    message = asked.message
    return {
        "id": asked.id,
        "topic": message.topic,
        "version": message.version,
        "template": message.template,
        "occurrence": message.occurrence,
        "channel": message.channel,
        "person_id": message.person_id,
        "office": message.office,
        "facts": dict(message.facts),
        "urgent": message.urgent,
        "expires_at": message.expires_at.isoformat(),
        "unless_last_told": list(message.unless_last_told),
        "only_after": list(message.only_after),
        "told": message.told,
        "send_at": None if message.send_at is None else message.send_at.isoformat(),
        "traceparent": asked.traceparent,
        "causation_id": asked.causation_id,
    }
