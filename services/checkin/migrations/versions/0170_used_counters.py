"""When each counter was last used."""

import sqlalchemy as sa
from alembic import op

revision = "0170"
down_revision = "0160"


def upgrade() -> None:
    used_at = sa.Column(
        "used_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")
    )
    op.add_column("counter", used_at)
    op.alter_column("counter", "used_at", server_default=None)


def downgrade() -> None:
    op.drop_column("counter", "used_at")
