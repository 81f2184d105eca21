"""Money that has to go back, and what is needed to say how much."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"

_ID = sa.Uuid(as_uuid=False)
_INSTANT = sa.DateTime(timezone=True)
_REASONS = (
    "reason IN ('unknown_billing_code', 'wrong_amount', 'paid_already', 'given_up', 'cancelled',"
    " 'unreadable')"
)
_COUNT_PEOPLE = """
    UPDATE payment SET people = counted.people
    FROM (SELECT payment_id, count(*) AS people FROM booking GROUP BY payment_id) AS counted
    WHERE counted.payment_id = payment.payment_id
"""
_OWED_FOR_MONEY = """
    INSERT INTO refund (refund_id, reason, created_at, amount, billing_code, settlement_id)
    SELECT gen_random_uuid(), refund_reason, received_at, amount, billing_code, settlement_id
    FROM settlement WHERE outcome = 'refund_due'
"""
_OWED_FOR_CANCELLED = """
    INSERT INTO refund (
        refund_id, reason, created_at, amount, billing_code, payment_id, booking_id, code, office, person_id)
    SELECT gen_random_uuid(), 'cancelled', now(), payment.amount / payment.people, payment.billing_code,
           payment.payment_id, booking_id, code, office, coalesce(guardian_id, person_id)
    FROM booking JOIN payment USING (payment_id)
    WHERE booking.status = 'cancelled' AND payment.status = 'paid' AND NOT EXISTS (
        SELECT 1 FROM settlement
        WHERE settlement.billing_code = payment.billing_code AND refund_reason = 'given_up')
"""


def upgrade() -> None:
    op.add_column("payment", sa.Column("people", sa.SmallInteger(), server_default="1", nullable=False))
    op.execute(_COUNT_PEOPLE)
    op.alter_column("payment", "people", server_default=None)
    op.create_index("payment_lapsed", "payment", ["due_at"], postgresql_where=sa.text("status = 'lapsed'"))
    op.create_index("booking_held", "booking", ["slot_id"], postgresql_where=sa.text("status = 'held'"))
    op.drop_index("settlement_refund_due", "settlement")
    _create_refund()
    op.execute(_OWED_FOR_MONEY)
    op.execute(_OWED_FOR_CANCELLED)


def downgrade() -> None:
    op.drop_table("refund")
    op.create_index(
        "settlement_refund_due",
        "settlement",
        ["received_at"],
        postgresql_where=sa.text("outcome = 'refund_due'"),
    )
    op.drop_index("booking_held", "booking")
    op.drop_index("payment_lapsed", "payment")
    op.drop_column("payment", "people")


def _create_refund() -> None:
    op.create_table(
        "refund",
        sa.Column("refund_id", _ID, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("amount", sa.BigInteger()),
        sa.Column("billing_code", sa.Text()),
        sa.Column("settlement_id", sa.Text()),
        sa.Column("payment_id", _ID),
        sa.Column("booking_id", _ID),
        sa.Column("code", sa.Text()),
        sa.Column("office", sa.Text()),
        sa.Column("person_id", _ID),
        sa.Column("told", sa.LargeBinary()),
        sa.Column("closed_at", _INSTANT),
        sa.Column("reference", sa.Text()),
        sa.CheckConstraint(_REASONS, name="refund_known_reason"),
        sa.CheckConstraint("(reason = 'unreadable') = (amount IS NULL)", name="refund_of_an_amount"),
        sa.CheckConstraint("(reason = 'unreadable') = (told IS NOT NULL)", name="refund_with_what_was_told"),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (reference IS NULL)", name="refund_closed_with_a_reference"
        ),
        sa.PrimaryKeyConstraint("refund_id", name="refund_pkey"),
    )
    op.create_index("refund_open", "refund", ["created_at"], postgresql_where=sa.text("closed_at IS NULL"))
    op.create_index(
        "refund_once_per_webhook",
        "refund",
        ["settlement_id"],
        unique=True,
        postgresql_where=sa.text("reason = 'unreadable'"),
    )
