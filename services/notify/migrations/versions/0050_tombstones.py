"""Ids of erased people, so that no late event brings them back."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "tombstone",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("buried_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="tombstone_pkey"),
    )
    op.create_index("tombstone_buried_at", "tombstone", ["buried_at"])


def downgrade() -> None:
    op.drop_table("tombstone")
