"""How many places a day has for who walks in; a ticket in the hall may have no booking."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0120"
down_revision = "0110"


def upgrade() -> None:
    op.create_table(
        "walk_in_day",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("services", ARRAY(sa.Text()), nullable=False),
        sa.Column("places", ARRAY(sa.Integer()), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("office", "date", name="walk_in_day_pkey"),
    )
    op.drop_constraint("queue_ticket_expected_fkey", "queue_ticket", type_="foreignkey")


def downgrade() -> None:
    op.create_foreign_key(
        "queue_ticket_expected_fkey", "queue_ticket", "expected_ticket", ["ticket_id"], ["booking_id"]
    )
    op.drop_table("walk_in_day")
