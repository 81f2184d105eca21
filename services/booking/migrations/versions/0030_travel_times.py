"""How long people travel to offices."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "travel_time",
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("district", sa.Text, nullable=False),
        sa.Column("place", sa.SmallInteger, nullable=False),
        sa.Column("minutes", sa.SmallInteger, nullable=False),
        sa.Column("opens_minutes", sa.ARRAY(sa.SmallInteger), nullable=False),
        sa.Column("closes_minutes", sa.ARRAY(sa.SmallInteger), nullable=False),
        sa.PrimaryKeyConstraint("office", "district", name="travel_time_pkey"),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name="travel_time_office_fkey"),
        sa.CheckConstraint(
            "cardinality(opens_minutes) = cardinality(closes_minutes)", name="travel_time_in_pairs"
        ),
    )
