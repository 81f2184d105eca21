"""Contacts, offices, messages, and the outbox and inbox.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from chassis import tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    tables.create(op)  # type: ignore[arg-type]  # alembic's module stands for the Operations of the run
    _create_people()
    _create_message()


def downgrade() -> None:
    for name in ("message", "office", "contact", "inbox", "outbox"):
        op.drop_table(name)


def _create_people() -> None:
    op.create_table(
        "contact",
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("display_name", sa.Text, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("locale", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="contact_pkey"),
    )
    op.create_table(
        "office",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("timezone", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("code", name="office_pkey"),
    )


def _create_message() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("template", sa.Text, nullable=False),
        sa.Column("occurrence", sa.Integer, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("facts", JSONB, nullable=False),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("provider_id", sa.Text),
        sa.Column("traceparent", sa.Text, nullable=False),
        sa.Column("causation_id", sa.Uuid),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="message_pkey"),
        sa.UniqueConstraint("topic", "template", "occurrence", "channel", name="message_once"),
        sa.CheckConstraint(
            "status IN ('waiting', 'due', 'sending', 'delivered', 'failed', 'superseded')",
            name="message_status",
        ),
    )
    unsent = sa.text("status IN ('waiting', 'due', 'sending')")
    op.create_index(
        "message_due", "message", ["channel", sa.text("urgent DESC"), "due_at"], postgresql_where=unsent
    )
    op.create_index("message_expiring", "message", ["expires_at"], postgresql_where=unsent)
    op.create_index(
        "message_waiting", "message", ["person_id"], postgresql_where=sa.text("status = 'waiting'")
    )
    op.create_index("message_changed_at", "message", ["changed_at"])
