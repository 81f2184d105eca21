"""From when it may be said that nobody came to a call."""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"


def upgrade() -> None:
    op.add_column("queue_ticket", sa.Column("absent_from", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("queue_ticket", "absent_from")
