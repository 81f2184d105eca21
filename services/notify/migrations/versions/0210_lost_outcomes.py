"""An occurrence is as long as the version that it counts; whose sender died is counted by itself."""

import sqlalchemy as sa
from alembic import op

revision = "0210"
down_revision = "0200"


def upgrade() -> None:
    op.alter_column("message", "occurrence", type_=sa.BigInteger)
    op.add_column("message", sa.Column("lost", sa.SmallInteger, nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    op.drop_column("message", "lost")
    op.execute("DELETE FROM message WHERE occurrence > 2147483647")
    op.alter_column("message", "occurrence", type_=sa.Integer)
