"""What follows at an office for who does not come, and until when people wait."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0100"
down_revision = "0080"


def upgrade() -> None:
    op.add_column("office", sa.Column("no_show", JSONB()))
    op.add_column("account", sa.Column("waits", JSONB()))
    op.add_column("dependent", sa.Column("waits", JSONB()))
    op.create_index(
        "booking_no_show", "booking", ["office", "date"], postgresql_where=sa.text("status = 'no_show'")
    )


def downgrade() -> None:
    op.drop_index("booking_no_show", "booking")
    op.drop_column("dependent", "waits")
    op.drop_column("account", "waits")
    op.drop_column("office", "no_show")
