"""All sessions of a subject can be ended."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    for table in ("account", "staff"):
        version = sa.Column("session_version", sa.BigInteger(), nullable=False, server_default=sa.text("1"))
        op.add_column(table, version)
        op.add_column(table, sa.Column("sessions_revoked_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    for table in ("account", "staff"):
        op.drop_column(table, "sessions_revoked_at")
        op.drop_column(table, "session_version")
