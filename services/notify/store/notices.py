"""Notices to addresses: kept until they are sent or of no use, and not a moment longer."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

import sqlalchemy
from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    bindparam,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from chassis.database import Transaction
from contracts.words import Channel
from services.notify.domain.notices import Notice
from services.notify.store.tables import metadata

notice = Table(
    "notice",
    metadata,
    Column("subject", Text, nullable=False),
    Column("id", Uuid(as_uuid=False), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("template", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("facts", JSONB, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("traceparent", Text, nullable=False),
    PrimaryKeyConstraint("subject", name="notice_pkey"),
    Index("notice_due", "channel", "due_at"),
)
"""A row is there as long as it is to be sent: a code that was sent is nowhere in clear any more."""

_PUT = text(
    """
    INSERT INTO notice (subject, id, version, template, channel, address, locale, facts, due_at, expires_at,
                        traceparent)
    VALUES (:subject, :id, :version, :template, :channel, :address, :locale, :facts, :now, :expires_at,
            :traceparent)
    ON CONFLICT (subject) DO UPDATE
    SET id = excluded.id, version = excluded.version, template = excluded.template, facts = excluded.facts,
        channel = excluded.channel, address = excluded.address, locale = excluded.locale,
        attempts = 0, due_at = excluded.due_at, expires_at = excluded.expires_at,
        traceparent = excluded.traceparent
    WHERE notice.version < excluded.version
    """
).bindparams(bindparam("facts", type_=JSONB))
_TAKE = text(
    """
    WITH next AS (
        SELECT subject FROM notice WHERE channel = :channel AND due_at <= :now AND expires_at > :now
        ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    UPDATE notice SET attempts = attempts + 1, due_at = :lease_until
    FROM next WHERE notice.subject = next.subject
    RETURNING notice.*
    """
)
_DONE = text("DELETE FROM notice WHERE id = :id")
_AGAIN = text("UPDATE notice SET due_at = :due_at WHERE id = :id AND attempts = :attempts")
_FORGET = text("DELETE FROM notice WHERE expires_at <= :now")
_NOTICE = tuple(field.name for field in fields(Notice))


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenNotice:
    """A notice in a sender's hands until its lease ends."""

    id: str
    attempts: int
    traceparent: str
    notice: Notice


def put(tx: Transaction, wanted: Notice, *, new_id: str) -> None:
    """Take a notice; one of a later version takes the place of what was not sent yet."""
    values = {name: getattr(wanted, name) for name in _NOTICE}
    tx.execute(_PUT, {**values, "id": new_id, "now": tx.now, "traceparent": tx.traceparent})


def take(tx: Transaction, channel: Channel, *, lease_seconds: float) -> TakenNotice | None:
    """Take the oldest due notice of a channel, or one whose sender has not come back."""
    lease_until = tx.now + timedelta(seconds=lease_seconds)
    parameters = {"channel": channel, "now": tx.now, "lease_until": lease_until}
    row = tx.execute(_TAKE, parameters).one_or_none()
    return None if row is None else _taken(row)


def done_with(tx: Transaction, taken: TakenNotice) -> None:
    """Forget a notice that was sent, or never can be; one that took its place meanwhile stays."""
    tx.execute(_DONE, {"id": taken.id})


def put_back(tx: Transaction, taken: TakenNotice, *, due_at: datetime) -> None:
    """Let a notice be tried again."""
    tx.execute(_AGAIN, {"id": taken.id, "attempts": taken.attempts, "due_at": due_at})


def forget_expired(tx: Transaction) -> int:
    """Forget what is of no use any more; return how many."""
    return tx.execute(_FORGET, {"now": tx.now}).rowcount


def _taken(row: sqlalchemy.Row[tuple[object, ...]]) -> TakenNotice:
    values = row._mapping
    return TakenNotice(
        id=str(values["id"]),
        attempts=values["attempts"],
        traceparent=values["traceparent"],
        notice=Notice(**{name: values[name] for name in _NOTICE}),
    )
