"""When an appointment ends, who has a long way, and where an office stands."""

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0100"

_PLACE_WHOLE = "office_place_whole"


def upgrade() -> None:
    op.add_column("office", sa.Column("latitude", sa.Double(), nullable=True))
    op.add_column("office", sa.Column("longitude", sa.Double(), nullable=True))
    op.create_check_constraint(_PLACE_WHOLE, "office", "(latitude IS NULL) = (longitude IS NULL)")
    op.add_column("expected_ticket", sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE expected_ticket SET ends_at = starts_at + interval '1 hour'")
    op.alter_column("expected_ticket", "ends_at", nullable=False)
    op.add_column(
        "expected_ticket",
        sa.Column("is_far", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )


def downgrade() -> None:
    op.drop_column("expected_ticket", "is_far")
    op.drop_column("expected_ticket", "ends_at")
    op.drop_constraint(_PLACE_WHOLE, "office")
    op.drop_column("office", "longitude")
    op.drop_column("office", "latitude")
