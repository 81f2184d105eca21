"""The tables that every service's database has beside its own: outbox and inbox."""

from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    func,
)

if TYPE_CHECKING:  # alembic takes a third of a second to import, which no service needs
    from alembic.operations import Operations

metadata = MetaData()

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(always=True), nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("exchange", Text, nullable=False),
    Column("routing_key", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp()),
    PrimaryKeyConstraint("id", name="outbox_pkey"),
)
"""Events that are committed and not yet confirmed by the broker; a row lives for milliseconds."""

inbox = Table(
    "inbox",
    metadata,
    Column("event_id", Uuid, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    PrimaryKeyConstraint("event_id", name="inbox_pkey"),
    Index("inbox_received_at", "received_at"),
)
"""Ids of the events whose effect is in this database, so that a second delivery has none."""


def create(operations: "Operations") -> None:
    """Create both tables, from a service's first migration."""
    metadata.create_all(operations.get_bind(), checkfirst=False)
