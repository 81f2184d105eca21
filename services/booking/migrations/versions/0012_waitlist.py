"""Places that return after a while, and who waits for them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0012"
down_revision = "0030"

_ID = sa.Uuid(as_uuid=False)
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_waitlist_entry()
    _create_returning_place()


def _create_waitlist_entry() -> None:
    op.create_table(
        "waitlist_entry",
        sa.Column("entry_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("first_date", sa.Date(), nullable=False),
        sa.Column("last_date", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("starts_at", _INSTANT),
        sa.Column("ends_at", _INSTANT),
        sa.Column("offer_ends_at", _INSTANT),
        sa.CheckConstraint(
            "status IN ('waiting', 'offered', 'booked', 'expired', 'left')",
            name="waitlist_entry_known_status",
        ),
        sa.CheckConstraint("first_date <= last_date", name="waitlist_entry_in_order"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["account.person_id"],
            name="waitlist_entry_person_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", name="waitlist_entry_pkey"),
    )
    op.create_index(
        "waitlist_entry_one_open_per_person",
        "waitlist_entry",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('waiting', 'offered')"),
    )
    op.create_index(
        "waitlist_entry_next",
        "waitlist_entry",
        ["office", "service", "created_at"],
        postgresql_where=sa.text("status = 'waiting'"),
    )


def _create_returning_place() -> None:
    op.create_table(
        "returning_place",
        sa.Column("return_id", _ID, nullable=False),
        sa.Column("slot_ids", ARRAY(_ID), nullable=False),
        sa.Column("pools", ARRAY(sa.Text()), nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("entry_id", _ID),
        sa.CheckConstraint("cardinality(slot_ids) = cardinality(pools)", name="returning_place_in_pairs"),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["waitlist_entry.entry_id"],
            name="returning_place_entry_id_fkey",
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("return_id", name="returning_place_pkey"),
        sa.UniqueConstraint("entry_id", name="returning_place_one_per_entry"),
    )
    op.create_index("returning_place_due", "returning_place", ["due_at"])
