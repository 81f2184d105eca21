"""Tables of an office's devices: who asks to be paired, who is, and by which secrets.

device_pairing ──approved, taken──▶ device ──< device_secret
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from services.booking.store.tables import ID, INSTANT, metadata

_KINDS = "kind IN ('kiosk', 'board', 'counter_board')"

device_pairing = Table(
    "device_pairing",
    metadata,
    Column("device_code_digest", LargeBinary, primary_key=True),
    Column("user_code", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("address_digest", LargeBinary),
    Column("asked_at", INSTANT, nullable=False),
    Column("expires_at", INSTANT, nullable=False),
    Column("device_id", ID),
    Column("office", Text, ForeignKey("office.code")),
    Column("name", Text),
    Column("counter", SmallInteger),
    Column("paired_by", ID, ForeignKey("staff.staff_id")),
    UniqueConstraint("user_code", name="device_pairing_one_per_code"),
    CheckConstraint(_KINDS, name="known_kind"),
    CheckConstraint(
        "(device_id IS NULL) = (office IS NULL) AND (device_id IS NULL) = (name IS NULL)"
        " AND (device_id IS NULL) = (paired_by IS NULL)",
        name="approved_whole",
    ),
    Index("device_pairing_expires_at", "expires_at"),
    Index("device_pairing_of_address", "address_digest"),
)
"""A device that shows a code; from `device_id` on it is approved. Gone once its session is taken."""

device = Table(
    "device",
    metadata,
    Column("device_id", ID, primary_key=True),
    Column("office", Text, ForeignKey("office.code"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("counter", SmallInteger),
    Column("paired_by", ID, ForeignKey("staff.staff_id"), nullable=False),
    Column("paired_at", INSTANT, nullable=False),
    Column("seen_at", INSTANT, nullable=False),
    Column("ended_at", INSTANT),
    Column("ended", Text),
    CheckConstraint(_KINDS, name="known_kind"),
    CheckConstraint("(kind = 'counter_board') = (counter IS NOT NULL)", name="counter_of_kind"),
    CheckConstraint("ended IN ('revoked', 'secret_reused')", name="known_end"),
    CheckConstraint("(ended IS NULL) = (ended_at IS NULL)", name="ended_whole"),
    Index("device_of_office", "office"),
)
"""A device that is paired; one that ended is kept for as long as a token of its may be about."""

device_secret = Table(
    "device_secret",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("device_id", ID, ForeignKey("device.device_id", ondelete="CASCADE"), nullable=False),
    Column("state", Text, nullable=False),
    Column("issued_at", INSTANT, nullable=False),
    CheckConstraint("state IN ('live', 'parent', 'spent')", name="known_state"),
    Index("device_secret_of_device", "device_id", "state"),
    Index("device_secret_issued_at", "issued_at"),
)
"""A secret that a device got, as a digest; those that were replaced are kept to know a copy by."""
