"""Until when numbers are given to who walks in on a date."""

import sqlalchemy as sa
from alembic import op

revision = "0150"
down_revision = "0140"


def upgrade() -> None:
    op.add_column("walk_in_day", sa.Column("closes_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("walk_in_day", "closes_at")
