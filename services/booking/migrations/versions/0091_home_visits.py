"""Requests for a visit at home."""

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"

_ID = sa.Uuid(as_uuid=False)
_INSTANT = sa.DateTime(timezone=True)
_IS_OPEN = sa.text("status IN ('requested', 'scheduled')")


def upgrade() -> None:
    op.create_table(
        "home_visit",
        sa.Column("visit_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("asker_id", _ID, nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("circumstances", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("requested_at", _INSTANT, nullable=False),
        sa.Column("starts_at", _INSTANT, nullable=True),
        sa.Column("ends_at", _INSTANT, nullable=True),
        sa.Column("decline_reason", sa.Text(), nullable=True),
        sa.Column("closed_at", _INSTANT, nullable=True),
        sa.CheckConstraint(
            "status IN ('requested', 'scheduled', 'done', 'declined', 'withdrawn')",
            name="home_visit_known_status",
        ),
        sa.CheckConstraint(
            "status NOT IN ('scheduled', 'done') OR (starts_at IS NOT NULL AND ends_at > starts_at)",
            name="home_visit_has_time",
        ),
        sa.CheckConstraint(
            "(status = 'declined') = (decline_reason IS NOT NULL)", name="home_visit_declined_why"
        ),
        sa.CheckConstraint(
            "(status IN ('requested', 'scheduled')) = (closed_at IS NULL)", name="home_visit_closed_when"
        ),
        sa.ForeignKeyConstraint(["asker_id"], ["account.person_id"], name="home_visit_asker_id_fkey"),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name="home_visit_office_fkey"),
        sa.PrimaryKeyConstraint("visit_id", name="home_visit_pkey"),
    )
    op.create_index(
        "home_visit_one_open_per_person",
        "home_visit",
        ["person_id"],
        unique=True,
        postgresql_where=_IS_OPEN,
    )
    op.create_index("home_visit_open_of_office", "home_visit", ["office"], postgresql_where=_IS_OPEN)
    op.create_index("home_visit_of_asker", "home_visit", ["asker_id"])
    op.create_index("home_visit_closed", "home_visit", ["closed_at"])


def downgrade() -> None:
    op.drop_table("home_visit")
