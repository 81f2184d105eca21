"""Notify's tables.

A message's life:

    scheduled ──its time has come──▶ waiting

    waiting ──contact and office known──▶ due ◀──could not be taken now, after a back-off──┐
       │                                   │                                               │
       │                                   └──taken──▶ sending ──────────────────────────────┼──▶ delivered
       │                                                  (lease over: taken again)          └──▶ failed
       ├──a newer message of the same topic──▶ superseded     (from scheduled, waiting or due; at once, where
       │                                                       pointless after what was told last; from
       │                                                       sending, where the contact has no address)
       └──expires_at has passed──▶ failed                     (from waiting, due or sending)
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from chassis.tombstones import tombstone

metadata = MetaData()
tombstone.to_metadata(metadata)

contact = Table(
    "contact",
    metadata,
    Column("person_id", Uuid(as_uuid=False), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("locale", Text, nullable=False),
    PrimaryKeyConstraint("person_id", name="contact_pkey"),
)

office = Table(
    "office",
    metadata,
    Column("code", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    PrimaryKeyConstraint("code", name="office_pkey"),
)

_UNTAKEN = text("status IN ('waiting', 'due')")
_FOR_SENDERS = text("status IN ('due', 'sending')")

message = Table(
    "message",
    metadata,
    Column("id", Uuid(as_uuid=False), nullable=False),
    Column("topic", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("template", Text, nullable=False),
    Column("occurrence", BigInteger, nullable=False),
    Column("channel", Text, nullable=False),
    Column("person_id", Uuid(as_uuid=False), nullable=False),
    Column("office", Text, nullable=False),
    Column("facts", JSONB, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("status", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("lost", SmallInteger, nullable=False, server_default=text("0")),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("scheduled_for", DateTime(timezone=True)),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("reason", Text),
    Column("provider_id", Text),
    Column("traceparent", Text, nullable=False),
    Column("causation_id", Uuid(as_uuid=False)),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("id", name="message_pkey"),
    UniqueConstraint("topic", "template", "occurrence", "channel", name="message_once"),
    CheckConstraint(
        "status IN ('scheduled', 'waiting', 'due', 'sending', 'delivered', 'failed', 'superseded')",
        name="message_status",
    ),
    Index("message_due", "channel", text("urgent DESC"), "due_at", postgresql_where=_FOR_SENDERS),
    Index("message_expiring", "expires_at", postgresql_where=_UNTAKEN),
    Index("message_scheduled", "scheduled_for", postgresql_where=text("status = 'scheduled'")),
    Index("message_waiting", "person_id", postgresql_where=text("status = 'waiting'")),
    Index("message_changed_at", "changed_at"),
)
