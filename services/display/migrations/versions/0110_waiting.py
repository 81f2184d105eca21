"""Service times, waits, and when counters are open."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0110"
down_revision = "0050"


def upgrade() -> None:
    op.add_column(
        "board_counter",
        sa.Column("services", postgresql.ARRAY(sa.Text), nullable=False, server_default=sa.text("'{}'")),
    )
    # Tickets of before are forgotten within two days: until then they count as new passports of this moment.
    before: list[sa.Column[Any]] = [
        sa.Column("service", sa.Text, nullable=False, server_default=sa.text("'new'")),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        sa.Column("no_shows", sa.SmallInteger, nullable=False, server_default=sa.text("0")),
    ]
    for column in before:
        op.add_column("board_ticket", column)
        op.alter_column("board_ticket", column.name, server_default=None)
    op.add_column("board_ticket", sa.Column("told_at", sa.DateTime(timezone=True)))
    op.add_column("board_ticket", sa.Column("told_low_minutes", sa.SmallInteger))
    op.add_column("board_ticket", sa.Column("told_high_minutes", sa.SmallInteger))
    _measured()


def _measured() -> None:
    op.create_table(
        "service_time",
        sa.Column("ticket_id", sa.Uuid, nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", "called_at", name="service_time_pkey"),
    )
    op.create_index("service_time_latest", "service_time", ["office", "service", "finished_at"])
    op.create_table(
        "hall_hour",
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("hour", sa.SmallInteger, nullable=False),
        sa.Column("served", sa.Integer, nullable=False),
        sa.Column("no_shows", sa.Integer, nullable=False),
        sa.Column("waits", postgresql.ARRAY(sa.SmallInteger), nullable=False),
        sa.Column("told", sa.Integer, nullable=False),
        sa.Column("kept", sa.Integer, nullable=False),
        sa.Column("error_minutes", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("office", "date", "hour", name="hall_hour_pkey"),
    )
    op.create_table(
        "usual_wait",
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("hour", sa.SmallInteger, nullable=False),
        sa.Column("tickets", sa.Integer, nullable=False),
        sa.Column("median_minutes", sa.SmallInteger, nullable=False),
        sa.Column("ninth_decile_minutes", sa.SmallInteger, nullable=False),
        sa.PrimaryKeyConstraint("office", "hour", name="usual_wait_pkey"),
    )
    op.create_table(
        "counter_rhythm",
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("weekday", sa.SmallInteger, nullable=False),
        sa.Column("slot", sa.SmallInteger, nullable=False),
        sa.Column("looks", sa.SmallInteger, nullable=False),
        sa.Column("counters", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("office", "weekday", "slot", name="counter_rhythm_pkey"),
    )
