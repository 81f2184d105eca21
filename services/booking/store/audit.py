"""The audit log: entries are added, and read in order; nothing else can be done to them."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Row, Table, Text, func, insert, select
from sqlalchemy.dialects.postgresql import JSONB

from chassis.database import Transaction
from services.booking.domain.audit import START, Deed, Entry, Head
from services.booking.store.tables import INSTANT, metadata

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("at", INSTANT, nullable=False),
    Column("actor", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("office", Text),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", JSONB, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Index("audit_entry_of_subject", "subject"),
)
"""A trigger refuses UPDATE, DELETE and TRUNCATE, and the service's role has no right to them."""

_TURN = select(func.pg_advisory_xact_lock(func.hashtextextended("audit_entry", 0)))
_LAST = select(audit_entry.c.sequence, audit_entry.c.digest).order_by(audit_entry.c.sequence.desc()).limit(1)
_ROWS_AT_A_TIME = 1000


def take_turn(tx: Transaction) -> Head:
    """Keep others from adding until the transaction ends; return the last entry's place and digest."""
    tx.execute(_TURN)
    row = tx.execute(_LAST).one_or_none()
    return START if row is None else Head(sequence=row.sequence, digest=row.digest)


def add(tx: Transaction, entry: Entry, digest: bytes) -> None:
    """Add an entry."""
    deed = entry.deed
    values = {
        "sequence": entry.sequence,
        "at": entry.at,
        "actor": deed.actor,
        "role": deed.role,
        "office": deed.office,
        "action": deed.action,
        "subject": deed.subject,
        "details": dict(deed.details),
        "digest": digest,
    }
    tx.execute(insert(audit_entry).values(values))


def walk(tx: Transaction) -> Iterator[tuple[Entry, bytes]]:
    """Read all entries with their digests, the oldest first, a thousand at a time."""
    statement = select(audit_entry).order_by(audit_entry.c.sequence)
    streaming = tx.connection.execution_options(yield_per=_ROWS_AT_A_TIME)
    for row in streaming.execute(statement):
        yield _entry(row), row.digest


def latest(tx: Transaction, most: int, *, subject: str | None) -> list[Entry]:
    """Read the latest entries, of one subject or of all; the oldest of them first."""
    statement = select(audit_entry).order_by(audit_entry.c.sequence.desc()).limit(most)
    if subject is not None:
        statement = statement.where(audit_entry.c.subject == subject)
    return [_entry(row) for row in reversed(tx.execute(statement).all())]


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        sequence=row.sequence,
        at=row.at.astimezone(UTC),
        deed=Deed(
            actor=row.actor,
            role=row.role,
            office=row.office,
            action=row.action,
            subject=row.subject,
            details=row.details,
        ),
    )
