"""Who has booked a day of an office is found without reading every booking."""

from alembic import op

revision = "0180"
down_revision = "0170"


def upgrade() -> None:
    op.create_index("expected_ticket_day", "expected_ticket", ["office", "date"])


def downgrade() -> None:
    op.drop_index("expected_ticket_day", "expected_ticket")
