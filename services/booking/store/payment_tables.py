"""The tables of payments, and of the money that arrived.

payment ──< booking        settlement ··▶ payment (by the billing code, which may be none of ours)
"""

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Table, Text, UniqueConstraint, text

from services.booking.store.tables import ID, INSTANT, metadata

payment = Table(
    "payment",
    metadata,
    Column("payment_id", ID, primary_key=True),
    Column("billing_code", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("status", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    UniqueConstraint("billing_code", name="payment_one_per_billing_code"),
    Index("payment_due", "due_at", postgresql_where=text("status = 'due'")),
    CheckConstraint("status IN ('due', 'lapsed', 'paid')", name="known_status"),
    CheckConstraint("amount > 0", name="of_something"),
)
"""One billing code, for one booking or all who come together; who they are stands in the bookings alone."""

settlement = Table(
    "settlement",
    metadata,
    Column("settlement_id", Text, primary_key=True),
    Column("billing_code", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("paid_at", INSTANT, nullable=False),
    Column("received_at", INSTANT, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("refund_reason", Text),
    Index("settlement_of_code", "billing_code"),
    Index("settlement_refund_due", "received_at", postgresql_where=text("outcome = 'refund_due'")),
    CheckConstraint(
        "outcome IN ('confirmed', 'restored', 'moved', 'credited', 'refund_due')", name="known_outcome"
    ),
    CheckConstraint("(outcome = 'refund_due') = (refund_reason IS NOT NULL)", name="reason_of_refund"),
)
"""Money that arrived, whatever it was for, under the provider's id; written once and never forgotten."""
