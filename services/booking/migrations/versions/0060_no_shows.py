"""Visits to which nobody came when they were called."""

from alembic import op

revision = "0060"
down_revision = "0040"


def upgrade() -> None:
    _allow("booking_known_status", "booking", "status", "'booked', 'served', 'no_show', 'cancelled'")
    _allow("visit_known_state", "visit", "state", "'waiting', 'called', 'served', 'no_show'")


def downgrade() -> None:
    _allow("visit_known_state", "visit", "state", "'waiting', 'called', 'served'")
    _allow("booking_known_status", "booking", "status", "'booked', 'served', 'cancelled'")


def _allow(name: str, table: str, column: str, words: str) -> None:
    op.drop_constraint(name, table)
    op.create_check_constraint(name, table, f"{column} IN ({words})")
