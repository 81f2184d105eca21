"""From where people have a long way to an office, and whose booking is one of theirs."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0133"
down_revision = "0132"

_KNOWN = """
    UPDATE office SET far_districts = far.districts
    FROM (
        SELECT office, array_agg(district) AS districts FROM travel_time WHERE minutes >= 120 GROUP BY office
    ) AS far
    WHERE far.office = office.code
"""


def upgrade() -> None:
    op.add_column(
        "office",
        sa.Column("far_districts", ARRAY(sa.Text()), nullable=False, server_default=sa.text("'{}'")),
    )
    op.execute(_KNOWN)
    op.add_column(
        "booking", sa.Column("is_far", sa.Boolean(), nullable=False, server_default=sa.text("false"))
    )


def downgrade() -> None:
    op.drop_column("booking", "is_far")
    op.drop_column("office", "far_districts")
