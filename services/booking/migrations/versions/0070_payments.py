"""Payments, holds, and places that remember who gave them up."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0070"
down_revision = "0061"

_ID = sa.Uuid(as_uuid=False)
_INSTANT = sa.DateTime(timezone=True)
_STATUSES = "status IN ('held', 'booked', 'served', 'no_show', 'cancelled', 'expired', 'paid')"


def upgrade() -> None:
    _create_payment()
    _create_settlement()
    op.drop_constraint("booking_known_status", "booking")
    op.create_check_constraint("booking_known_status", "booking", _STATUSES)
    op.add_column("booking", sa.Column("payment_id", _ID, nullable=True))
    op.create_foreign_key(
        "booking_payment_id_fkey",
        "booking",
        "payment",
        ["payment_id"],
        ["payment_id"],
        deferrable=True,
        initially="DEFERRED",
    )
    op.create_index(
        "booking_of_payment", "booking", ["payment_id"], postgresql_where=sa.text("payment_id IS NOT NULL")
    )
    op.add_column("returning_place", sa.Column("booking_id", _ID, nullable=True))
    op.create_index(
        "returning_place_of_booking",
        "returning_place",
        ["booking_id"],
        postgresql_where=sa.text("booking_id IS NOT NULL"),
    )
    op.add_column(
        "office",
        sa.Column("prepaid", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("office", "prepaid")
    op.drop_index("returning_place_of_booking", "returning_place")
    op.drop_column("returning_place", "booking_id")
    op.drop_index("booking_of_payment", "booking")
    op.drop_column("booking", "payment_id")
    op.drop_constraint("booking_known_status", "booking")
    op.create_check_constraint(
        "booking_known_status", "booking", "status IN ('booked', 'served', 'no_show', 'cancelled')"
    )
    op.drop_table("settlement")
    op.drop_table("payment")


def _create_payment() -> None:
    op.create_table(
        "payment",
        sa.Column("payment_id", _ID, nullable=False),
        sa.Column("billing_code", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("status IN ('due', 'lapsed', 'paid')", name="payment_known_status"),
        sa.CheckConstraint("amount > 0", name="payment_of_something"),
        sa.PrimaryKeyConstraint("payment_id", name="payment_pkey"),
        sa.UniqueConstraint("billing_code", name="payment_one_per_billing_code"),
    )
    op.create_index("payment_due", "payment", ["due_at"], postgresql_where=sa.text("status = 'due'"))


def _create_settlement() -> None:
    op.create_table(
        "settlement",
        sa.Column("settlement_id", sa.Text(), nullable=False),
        sa.Column("billing_code", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid_at", _INSTANT, nullable=False),
        sa.Column("received_at", _INSTANT, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("refund_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('confirmed', 'restored', 'moved', 'credited', 'refund_due')",
            name="settlement_known_outcome",
        ),
        sa.CheckConstraint(
            "(outcome = 'refund_due') = (refund_reason IS NOT NULL)", name="settlement_reason_of_refund"
        ),
        sa.PrimaryKeyConstraint("settlement_id", name="settlement_pkey"),
    )
    op.create_index(
        "settlement_refund_due",
        "settlement",
        ["received_at"],
        postgresql_where=sa.text("outcome = 'refund_due'"),
    )
