"""The tables of payments, and of the money that arrived.

payment ──< booking        settlement ··▶ payment (by the billing code, which may be none of ours)
refund  ··▶ payment, booking, settlement (none of which it needs to be read)
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from services.booking.store.tables import ID, INSTANT, booking, metadata

payment = Table(
    "payment",
    metadata,
    Column("payment_id", ID, primary_key=True),
    Column("billing_code", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("status", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("people", SmallInteger, nullable=False),
    UniqueConstraint("billing_code", name="payment_one_per_billing_code"),
    Index("payment_due", "due_at", postgresql_where=text("status = 'due'")),
    Index("payment_lapsed", "due_at", postgresql_where=text("status = 'lapsed'")),
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
    CheckConstraint(
        "outcome IN ('confirmed', 'restored', 'moved', 'credited', 'refund_due')", name="known_outcome"
    ),
    CheckConstraint("(outcome = 'refund_due') = (refund_reason IS NOT NULL)", name="reason_of_refund"),
)
"""Money that arrived, whatever it was for, under the provider's id; written once and never forgotten."""

refund = Table(
    "refund",
    metadata,
    Column("refund_id", ID, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("amount", BigInteger),
    Column("billing_code", Text),
    Column("settlement_id", Text),
    Column("payment_id", ID),
    Column("booking_id", ID),
    Column("code", Text),
    Column("office", Text),
    Column("person_id", ID),
    Column("told", LargeBinary),
    Column("closed_at", INSTANT),
    Column("reference", Text),
    Index("refund_open", "created_at", postgresql_where=text("closed_at IS NULL")),
    Index(
        "refund_once_per_webhook",
        "settlement_id",
        unique=True,
        postgresql_where=text("reason = 'unreadable'"),
    ),
    Index("refund_of_payment", "payment_id", postgresql_where=text("payment_id IS NOT NULL")),
    Index(
        "refund_once_per_reused_id",
        "settlement_id",
        "billing_code",
        "amount",
        unique=True,
        postgresql_where=text("reason = 'settlement_id_reused'"),
    ),
    CheckConstraint(
        "reason IN ('unknown_billing_code', 'wrong_amount', 'paid_already', 'given_up', 'cancelled',"
        " 'unreadable', 'settlement_id_reused')",
        name="known_reason",
    ),
    CheckConstraint("(reason = 'unreadable') = (amount IS NULL)", name="of_an_amount"),
    CheckConstraint("(reason = 'unreadable') = (told IS NOT NULL)", name="with_what_was_told"),
    CheckConstraint("(closed_at IS NULL) = (reference IS NULL)", name="closed_with_a_reference"),
)
"""Money that has to go back; open until `closed_at`, and dropped by nobody."""

Index("booking_held", booking.c.slot_id, postgresql_where=booking.c.status == text("'held'"))
