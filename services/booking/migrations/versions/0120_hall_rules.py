"""An office decides about its hall: when people may come, and through which steps a visit goes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0120"
down_revision = "0110"


def upgrade() -> None:
    op.add_column("office", sa.Column("hall", JSONB(), nullable=False, server_default=sa.text("'{}'")))


def downgrade() -> None:
    op.drop_column("office", "hall")
