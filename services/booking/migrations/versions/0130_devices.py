"""An office's devices are paired by a code, and renew their sessions by secrets."""

import sqlalchemy as sa
from alembic import op

revision = "0130"
down_revision = "0121"

_INSTANT = sa.DateTime(timezone=True)
_ID = sa.Uuid(as_uuid=False)
_KINDS = "kind IN ('kiosk', 'board', 'counter_board')"


def upgrade() -> None:
    _create_pairings()
    _create_devices()
    op.create_table(
        "device_secret",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("device_id", _ID, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("issued_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="device_secret_pkey"),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.device_id"], name="device_secret_device_id_fkey", ondelete="CASCADE"
        ),
        sa.CheckConstraint("state IN ('live', 'parent', 'spent')", name="device_secret_known_state"),
    )
    op.create_index("device_secret_of_device", "device_secret", ["device_id", "state"])
    op.create_index("device_secret_issued_at", "device_secret", ["issued_at"])


def downgrade() -> None:
    for table in ("device_secret", "device", "device_pairing"):
        op.drop_table(table)


def _create_pairings() -> None:
    op.create_table(
        "device_pairing",
        sa.Column("device_code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("user_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("address_digest", sa.LargeBinary()),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.Column("expires_at", _INSTANT, nullable=False),
        sa.Column("device_id", _ID),
        sa.Column("office", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("counter", sa.SmallInteger()),
        sa.Column("paired_by", _ID),
        sa.PrimaryKeyConstraint("device_code_digest", name="device_pairing_pkey"),
        sa.UniqueConstraint("user_code", name="device_pairing_one_per_code"),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name="device_pairing_office_fkey"),
        sa.ForeignKeyConstraint(["paired_by"], ["staff.staff_id"], name="device_pairing_paired_by_fkey"),
        sa.CheckConstraint(_KINDS, name="device_pairing_known_kind"),
        sa.CheckConstraint(
            "(device_id IS NULL) = (office IS NULL) AND (device_id IS NULL) = (name IS NULL)"
            " AND (device_id IS NULL) = (paired_by IS NULL)",
            name="device_pairing_approved_whole",
        ),
    )
    op.create_index("device_pairing_expires_at", "device_pairing", ["expires_at"])
    op.create_index("device_pairing_of_address", "device_pairing", ["address_digest"])


def _create_devices() -> None:
    op.create_table(
        "device",
        sa.Column("device_id", _ID, nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("counter", sa.SmallInteger()),
        sa.Column("paired_by", _ID, nullable=False),
        sa.Column("paired_at", _INSTANT, nullable=False),
        sa.Column("seen_at", _INSTANT, nullable=False),
        sa.Column("ended_at", _INSTANT),
        sa.Column("ended", sa.Text()),
        sa.PrimaryKeyConstraint("device_id", name="device_pkey"),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name="device_office_fkey"),
        sa.ForeignKeyConstraint(["paired_by"], ["staff.staff_id"], name="device_paired_by_fkey"),
        sa.CheckConstraint(_KINDS, name="device_known_kind"),
        sa.CheckConstraint("(kind = 'counter_board') = (counter IS NOT NULL)", name="device_counter_of_kind"),
        sa.CheckConstraint("ended IN ('revoked', 'secret_reused')", name="device_known_end"),
        sa.CheckConstraint("(ended IS NULL) = (ended_at IS NULL)", name="device_ended_whole"),
    )
    op.create_index("device_of_office", "device", ["office"])
