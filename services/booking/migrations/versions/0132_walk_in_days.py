"""How many places of a date are for who walks in, as check-in was told."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0132"
down_revision = "0131"


def upgrade() -> None:
    op.create_table(
        "walk_in_day",
        sa.Column("office", sa.Text(), sa.ForeignKey("office.code"), primary_key=True),
        sa.Column("date", sa.Date(), primary_key=True),
        sa.Column("services", ARRAY(sa.Text()), nullable=False),
        sa.Column("places", ARRAY(sa.Integer()), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "cardinality(services) = cardinality(places)", name="walk_in_day_places_for_each_service"
        ),
    )


def downgrade() -> None:
    op.drop_table("walk_in_day")
