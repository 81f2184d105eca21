"""Bookings that officers made for people."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"


def upgrade() -> None:
    op.create_table(
        "assisted_booking",
        sa.Column("booking_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("officer_id", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("consent_given", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "consent_given IN ('spoken', 'written', 'by_guardian')", name="assisted_booking_known_consent"
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["booking.booking_id"],
            name="assisted_booking_booking_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("booking_id", name="assisted_booking_pkey"),
        sa.UniqueConstraint("officer_id", "idempotency_key", name="assisted_booking_one_per_key"),
    )
    op.create_index("assisted_booking_of_day", "assisted_booking", ["officer_id", "date"])


def downgrade() -> None:
    op.drop_table("assisted_booking")
