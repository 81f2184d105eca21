"""Staff are invited, choose their passwords themselves, and leave."""

import sqlalchemy as sa
from alembic import op

revision = "0190"
down_revision = "0180"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("staff", sa.Column("ended_at", _INSTANT))
    op.create_table(
        "staff_invitation",
        sa.Column("staff_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("token_digest", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name="staff_invitation_pkey"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.staff_id"], name="staff_invitation_staff_id_fkey"),
        sa.UniqueConstraint("token_digest", name="staff_invitation_one_per_token"),
    )


def downgrade() -> None:
    op.drop_table("staff_invitation")
    op.drop_column("staff", "ended_at")
