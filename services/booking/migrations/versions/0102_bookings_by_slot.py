"""Bookings by their slot, and until when each office's check-in was heard."""

import sqlalchemy as sa
from alembic import op

revision = "0102"
down_revision = "0091"


def upgrade() -> None:
    op.create_index("booking_of_slot", "booking", ["slot_id"])
    op.create_table(
        "check_in_heard",
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("office", name="check_in_heard_pkey"),
    )


def downgrade() -> None:
    op.drop_table("check_in_heard")
    op.drop_index("booking_of_slot", "booking")
