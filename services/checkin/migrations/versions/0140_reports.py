"""What an office's past days came to is known for two years, without the people."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0140"
down_revision = "0120"

_COUNTS = ("admitted", "walk_ins", "served", "incomplete", "rejected", "other_day", "no_shows")


def upgrade() -> None:
    op.create_table(
        "visit_hour",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS),
        sa.PrimaryKeyConstraint("office", "date", "hour", "service", name="visit_hour_pkey"),
    )
    op.create_table(
        "step_hour",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("waits", ARRAY(sa.Integer()), nullable=False),
        sa.Column("servings", ARRAY(sa.Integer()), nullable=False),
        sa.PrimaryKeyConstraint("office", "date", "hour", "service", "step", name="step_hour_pkey"),
    )
    op.create_table(
        "choice_day",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("office", "date", "reason", name="choice_day_pkey"),
    )


def downgrade() -> None:
    for table in ("choice_day", "step_hour", "visit_hour"):
        op.drop_table(table)
