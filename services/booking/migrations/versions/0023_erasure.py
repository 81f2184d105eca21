"""Accounts know when they were last used, and whether they were erased."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("account", sa.Column("signed_in_at", sa.DateTime(timezone=True)))
    op.add_column("account", sa.Column("erased_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("account", "erased_at")
    op.drop_column("account", "signed_in_at")
