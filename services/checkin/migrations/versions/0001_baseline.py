"""Offices, expected tickets, the queue, its numbers and the counters."""

import sqlalchemy as sa
from alembic import op

from chassis import tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    tables.create(op)  # type: ignore[arg-type]  # alembic's module stands for its Operations
    _create_office()
    _create_expected_ticket()
    _create_queue_ticket()
    _create_number_sequence()
    _create_counter()


def _create_office() -> None:
    op.create_table(
        "office",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("timezone", sa.Text, nullable=False),
        sa.Column("services", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("counters", sa.Integer, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("code", name="office_pkey"),
    )


def _create_expected_ticket() -> None:
    op.create_table(
        "expected_ticket",
        sa.Column("booking_id", sa.Uuid, nullable=False),
        sa.Column("code", sa.Text),
        sa.Column("person_id", sa.Uuid),
        sa.Column("display_name", sa.Text),
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("priority", sa.Text, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled", sa.Boolean, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("booking_id", name="expected_ticket_pkey"),
        sa.UniqueConstraint("code", name="expected_ticket_code_key"),
        sa.CheckConstraint(
            "(version = 0) = (code IS NULL AND person_id IS NULL AND display_name IS NULL)",
            name="expected_ticket_named_by_booking",
        ),
    )


def _create_queue_ticket() -> None:
    op.create_table(
        "queue_ticket",
        sa.Column("ticket_id", sa.Uuid, nullable=False),
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("priority", sa.Text, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("person_id", sa.Uuid),
        sa.Column("display_name", sa.Text),
        sa.Column("counter", sa.Integer),
        sa.Column("officer", sa.Text),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True)),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", name="queue_ticket_pkey"),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["expected_ticket.booking_id"], name="queue_ticket_expected_fkey"
        ),
        sa.UniqueConstraint("office", "date", "number", name="queue_ticket_number_key"),
        sa.CheckConstraint("state IN ('waiting', 'called', 'served')", name="queue_ticket_state"),
        sa.CheckConstraint(
            "(state = 'waiting') = (counter IS NULL AND officer IS NULL AND called_at IS NULL AND calls = 0)",
            name="queue_ticket_called",
        ),
        sa.CheckConstraint("(state = 'served') = (finished_at IS NOT NULL)", name="queue_ticket_served"),
    )
    op.create_index(
        "queue_ticket_waiting",
        "queue_ticket",
        ["office", "date", "starts_at", "scanned_at", "ticket_id"],
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "queue_ticket_at_counter",
        "queue_ticket",
        ["office", "counter"],
        unique=True,
        postgresql_where=sa.text("state = 'called'"),
    )


def _create_number_sequence() -> None:
    op.create_table(
        "number_sequence",
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("letter", sa.Text, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("office", "date", "letter", name="number_sequence_pkey"),
    )


def _create_counter() -> None:
    op.create_table(
        "counter",
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("services", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("office", "number", name="counter_pkey"),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name="counter_office_fkey"),
        sa.CheckConstraint("state IN ('open', 'closed')", name="counter_state"),
        sa.CheckConstraint("(state = 'closed') = (services = '{}')", name="counter_closed_offers_nothing"),
    )
