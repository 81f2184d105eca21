"""Turns and steps: in which order tickets are called, for what they wait and since when."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0111"
down_revision = "0110"

_STEP = sa.text("'service'")


def upgrade() -> None:
    op.add_column(
        "board", sa.Column("first_steps", postgresql.JSONB, nullable=False, server_default=sa.text("'{}'"))
    )
    op.add_column(
        "board_counter",
        sa.Column("steps", postgresql.ARRAY(sa.Text), nullable=False, server_default=sa.text("'{service}'")),
    )
    op.add_column("board_ticket", sa.Column("step", sa.Text, nullable=False, server_default=_STEP))
    for column in ("turn_at", "waiting_since"):
        op.add_column("board_ticket", sa.Column(column, sa.DateTime(timezone=True)))
    # Tickets of before wait since they came, in that order; they are forgotten within two days.
    op.execute("UPDATE board_ticket SET turn_at = scanned_at, waiting_since = scanned_at")
    for column in ("turn_at", "waiting_since"):
        op.alter_column("board_ticket", column, nullable=False)
    op.add_column("board_ticket", sa.Column("first_called_at", sa.DateTime(timezone=True)))
    op.add_column("service_time", sa.Column("step", sa.Text, nullable=False, server_default=_STEP))
    op.drop_index("service_time_latest", "service_time")
    op.create_index("service_time_latest", "service_time", ["office", "service", "step", "finished_at"])
