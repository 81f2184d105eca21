"""Visits, as check-in tells of them."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0023"


def upgrade() -> None:
    op.drop_constraint("booking_known_status", "booking")
    op.create_check_constraint(
        "booking_known_status", "booking", "status IN ('booked', 'served', 'cancelled')"
    )
    op.create_table(
        "visit",
        sa.Column("booking_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("counter", sa.SmallInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'called', 'served')", name="visit_known_state"),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["booking.booking_id"], name="visit_booking_id_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("booking_id", name="visit_pkey"),
    )


def downgrade() -> None:
    op.drop_table("visit")
    op.drop_constraint("booking_known_status", "booking")
    op.create_check_constraint("booking_known_status", "booking", "status IN ('booked', 'cancelled')")
