"""How often a booking was moved."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0021"


def upgrade() -> None:
    for name in ("moves", "free_moves"):
        op.add_column(
            "booking", sa.Column(name, sa.SmallInteger(), nullable=False, server_default=sa.text("0"))
        )
