"""Parties of people, places that are kept for some, and services of several slots."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0010"
down_revision = "0001"

_ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    _create_dependent()
    _extend_office()
    _extend_slot()
    _extend_booking()
    _create_booked_slot()


def _create_dependent() -> None:
    op.create_table(
        "dependent",
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("guardian_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("nik_digest", sa.LargeBinary(), nullable=False),
        sa.Column("nik_ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("nik_key_id", sa.Text(), nullable=False),
        sa.Column("is_removed", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["guardian_id"], ["account.person_id"], name="dependent_guardian_id_fkey"),
        sa.PrimaryKeyConstraint("person_id", name="dependent_pkey"),
    )
    op.create_index(
        "dependent_one_per_nik",
        "dependent",
        ["nik_digest"],
        unique=True,
        postgresql_where=sa.text("NOT is_removed"),
    )
    op.create_index("dependent_of_guardian", "dependent", ["guardian_id"])


def _extend_office() -> None:
    op.add_column(
        "office", sa.Column("service_forms", JSONB(), nullable=False, server_default=sa.text("'[]'"))
    )
    op.add_column(
        "office",
        sa.Column("protection_hours", sa.SmallInteger(), nullable=False, server_default=sa.text("24")),
    )


def _extend_slot() -> None:
    pools = ("assisted_places", "assisted_booked", "priority_places", "priority_booked")
    for name in (*pools, "walk_in_places"):
        op.add_column("slot", sa.Column(name, sa.SmallInteger(), nullable=False, server_default=sa.text("0")))
    op.add_column("slot", sa.Column("protected_until", sa.DateTime(timezone=True)))
    op.add_column("slot", sa.Column("following", ARRAY(_ID), server_default=sa.text("'{}'")))
    op.create_check_constraint(
        "slot_pools_within_booked",
        "slot",
        "assisted_booked >= 0 AND priority_booked >= 0 AND assisted_booked + priority_booked <= booked",
    )


def _extend_booking() -> None:
    op.drop_constraint("booking_person_id_fkey", "booking")
    op.add_column("booking", sa.Column("guardian_id", _ID))
    op.add_column("booking", sa.Column("party_id", _ID))
    op.add_column(
        "booking", sa.Column("pool", sa.Text(), nullable=False, server_default=sa.text("'regular'"))
    )
    op.create_check_constraint("booking_known_pool", "booking", "pool IN ('regular', 'assisted', 'priority')")
    op.create_index(
        "booking_of_guardian",
        "booking",
        ["guardian_id"],
        postgresql_where=sa.text("guardian_id IS NOT NULL"),
    )


def _create_booked_slot() -> None:
    op.create_table(
        "booked_slot",
        sa.Column("booking_id", _ID, nullable=False),
        sa.Column("slot_id", _ID, nullable=False),
        sa.Column("pool", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["booking.booking_id"], name="booked_slot_booking_id_fkey"),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.slot_id"], name="booked_slot_slot_id_fkey"),
        sa.PrimaryKeyConstraint("booking_id", "slot_id", name="booked_slot_pkey"),
    )
    op.create_index("booked_slot_of_slot", "booked_slot", ["slot_id"])
