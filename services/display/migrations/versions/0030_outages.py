"""At which hours offices do not work, for the notice on their boards."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "board_outage",
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("is_lifted", sa.Boolean, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("office", "date", name="board_outage_pkey"),
    )
