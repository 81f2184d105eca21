"""Boards with their counters and tickets."""

import sqlalchemy as sa
from alembic import op

from chassis import tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    tables.create(op)  # type: ignore[arg-type]  # alembic's module stands for its Operations
    op.create_table(
        "board",
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("timezone", sa.Text, nullable=False),
        sa.Column("office_version", sa.BigInteger, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("office", name="board_pkey"),
    )
    op.create_table(
        "board_counter",
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("counter", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("office", "counter", name="board_counter_pkey"),
    )
    op.create_table(
        "board_ticket",
        sa.Column("ticket_id", sa.Uuid, nullable=False),
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("display_name", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("counter", sa.Integer),
        sa.Column("calls", sa.Integer, nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", name="board_ticket_pkey"),
    )
    op.create_index("board_ticket_day", "board_ticket", ["office", "date"])
