"""Money that is told under an id of other money; money that goes back, by its payment."""

import sqlalchemy as sa
from alembic import op

revision = "0101"
down_revision = "0100"

_BEFORE = "'unknown_billing_code', 'wrong_amount', 'paid_already', 'given_up', 'cancelled', 'unreadable'"


def upgrade() -> None:
    _allow(f"{_BEFORE}, 'settlement_id_reused'")
    op.create_index(
        "refund_once_per_reused_id",
        "refund",
        ["settlement_id", "billing_code", "amount"],
        unique=True,
        postgresql_where=sa.text("reason = 'settlement_id_reused'"),
    )
    op.create_index(
        "refund_of_payment", "refund", ["payment_id"], postgresql_where=sa.text("payment_id IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_index("refund_of_payment", "refund")
    op.drop_index("refund_once_per_reused_id", "refund")
    _allow(_BEFORE)


def _allow(words: str) -> None:
    op.drop_constraint("refund_known_reason", "refund")
    op.create_check_constraint("refund_known_reason", "refund", f"reason IN ({words})")
