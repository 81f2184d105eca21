"""Booking's tables.

office ──< rollout_stage         account ──< booking >── slot        (identity_tables.py: who signs in)
       ──< working_period                ──< dependent ──< booking ──< booked_slot >── slot
       ──< one_off_hours         holiday_override                    (calendar_tables.py: hours and holidays)
       ──< closure
       ──< travel_time
"""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "ck": "%(table_name)s_%(constraint_name)s",
    }
)

ID = Uuid(as_uuid=False)
INSTANT = DateTime(timezone=True)
KNOWN_CHOICE = "shown_as IN ('number', 'initials', 'masked', 'name')"

account = Table(
    "account",
    metadata,
    Column("person_id", ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("locale", Text, nullable=False),
    Column("nik_digest", LargeBinary, nullable=False),
    Column("nik_ciphertext", LargeBinary, nullable=False),
    Column("nik_key_id", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("birth_date", Date),
    Column("sex", Text),
    Column("session_version", BigInteger, nullable=False, server_default=text("1")),
    Column("sessions_revoked_at", INSTANT),
    Column("signed_in_at", INSTANT),
    Column("erased_at", INSTANT),
    Column("waits", JSONB(none_as_null=True)),
    Column("shown_as", Text, nullable=False, server_default=text("'name'")),
    Column("hall_name", Text),
    UniqueConstraint("phone", name="account_one_per_phone"),
    UniqueConstraint("email", name="account_one_per_email"),
    UniqueConstraint("nik_digest", name="account_one_per_nik"),
    CheckConstraint("sex IN ('male', 'female')", name="known_sex"),
    CheckConstraint(KNOWN_CHOICE, name="known_choice"),
)
"""A citizen. The NIK is there twice, never as text: a keyed digest to find it, a ciphertext to read it.

`waits` has, by office, the first moment at which who did not come may book there again; here, and not in a
table of its own, because every sale reads it. So it reads `hall_name`: what the hall shows of the person by
their choice, `shown_as`, ready to be told; null where the number alone."""

dependent = Table(
    "dependent",
    metadata,
    Column("person_id", ID, primary_key=True),
    Column("guardian_id", ID, ForeignKey("account.person_id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("birth_date", Date),
    Column("priority", Text, nullable=False),
    Column("nik_digest", LargeBinary, nullable=False),
    Column("nik_ciphertext", LargeBinary, nullable=False),
    Column("nik_key_id", Text, nullable=False),
    Column("is_removed", Boolean, nullable=False, server_default=text("false")),
    Column("created_at", INSTANT, nullable=False),
    Column("waits", JSONB(none_as_null=True)),
    Column("shown_as", Text, nullable=False, server_default=text("'name'")),
    Column("hall_name", Text),
    Index("dependent_one_per_nik", "nik_digest", unique=True, postgresql_where=text("NOT is_removed")),
    Index("dependent_of_guardian", "guardian_id"),
    Index("dependent_removed", "person_id", postgresql_where=text("is_removed")),
    CheckConstraint("is_removed OR birth_date IS NOT NULL", name="born"),
    CheckConstraint(KNOWN_CHOICE, name="known_choice"),
)
"""A person without a sign-in, for whom somebody with an account books; ids are never those of an account.

Of who is removed there is the id, the digest of the NIK and the waits: they come back as who they were."""

office = Table(
    "office",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("office_class", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("province", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("services", ARRAY(Text), nullable=False),
    Column("counters", SmallInteger, nullable=False),
    Column("slot_minutes", SmallInteger, nullable=False),
    Column("slot_capacity", SmallInteger, nullable=False),
    Column("service_forms", JSONB, nullable=False, server_default=text("'[]'")),
    Column("prepaid", JSONB, nullable=False, server_default=text("'{}'")),
    Column("no_show", JSONB(none_as_null=True)),
    Column("protection_hours", SmallInteger, nullable=False, server_default=text("24")),
    Column("sells_running_slots", Boolean, nullable=False),
    Column("observes_holidays", Boolean, nullable=False),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("covers", ARRAY(Text), nullable=False),
    Column("hall", JSONB, nullable=False, server_default=text("'{}'")),
    Column("far_districts", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("release_kind", Text, nullable=False),
    Column("release_ahead", SmallInteger),
    Column("release_day", SmallInteger),
    Column("release_minute", SmallInteger),
    Column("calendar_version", BigInteger, nullable=False, server_default=text("0")),
    Column("version", BigInteger, nullable=False),
    CheckConstraint(
        "status IN ('planned', 'socialisation', 'pilot', 'live', 'suspended')", name="known_status"
    ),
    CheckConstraint("slot_minutes > 0 AND slot_capacity >= 0", name="slot_form"),
    CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="place_whole"),
    CheckConstraint(
        "CASE release_kind"
        " WHEN 'rolling' THEN release_ahead >= 1 AND release_day IS NULL AND release_minute IS NULL"
        " WHEN 'weekly' THEN release_ahead >= 1 AND release_day BETWEEN 0 AND 6"
        " AND release_minute BETWEEN 0 AND 1439"
        " WHEN 'monthly' THEN release_ahead IS NULL AND release_day BETWEEN 1 AND 31"
        " AND release_minute BETWEEN 0 AND 1439"
        " ELSE false END",
        name="release_rule",
    ),
)
"""`calendar_version` counts how often slots were withdrawn or restored; it orders what is said of outages.

`service_forms` lists the services whose visits or places differ from the rest; it is read and written whole.
`prepaid` repeats of them, for who sells places, the rupiah of services that are paid first. `no_show` is the
rule for who does not come; null where that has no consequence.
"""

rollout_stage = Table(
    "rollout_stage",
    metadata,
    Column("office", Text, ForeignKey("office.code"), primary_key=True),
    Column("from_date", Date, primary_key=True),
    Column("status", Text, nullable=False),
    CheckConstraint(
        "status IN ('planned', 'socialisation', 'pilot', 'live', 'suspended')", name="known_status"
    ),
)
"""Which status an office has from when; `office.status` follows it day by day."""

slot = Table(
    "slot",
    metadata,
    Column("slot_id", ID, primary_key=True),
    Column("office", Text, ForeignKey("office.code"), nullable=False),
    Column("service", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("starts_at", INSTANT, nullable=False),
    Column("ends_at", INSTANT, nullable=False),
    Column("capacity", SmallInteger, nullable=False),
    Column("booked", SmallInteger, nullable=False, server_default=text("0")),
    Column("released_at", INSTANT, nullable=False),
    Column("is_withdrawn", Boolean, nullable=False, server_default=text("false")),
    Column("assisted_places", SmallInteger, nullable=False, server_default=text("0")),
    Column("assisted_booked", SmallInteger, nullable=False, server_default=text("0")),
    Column("priority_places", SmallInteger, nullable=False, server_default=text("0")),
    Column("priority_booked", SmallInteger, nullable=False, server_default=text("0")),
    Column("walk_in_places", SmallInteger, nullable=False, server_default=text("0")),
    Column("protected_until", INSTANT),
    Column("following", ARRAY(ID), server_default=text("'{}'")),
    Index(
        "slot_one_per_start",
        "office",
        "service",
        "starts_at",
        unique=True,
        postgresql_where=text("NOT is_withdrawn"),
    ),
    Index("slot_day", "office", "service", "date"),
    CheckConstraint("starts_at < ends_at", name="in_order"),
    CheckConstraint("booked BETWEEN 0 AND capacity", name="not_oversold"),
    CheckConstraint(
        "assisted_booked >= 0 AND priority_booked >= 0 AND assisted_booked + priority_booked <= booked",
        name="pools_within_booked",
    ),
)
"""`following` are the slots of which a booking that begins here takes a place too; null where none can begin.

Nobody sees a slot before `released_at`. A slot at whose time the office no longer works is withdrawn and
stays, because bookings point to it: who has one of these is affected."""

booking = Table(
    "booking",
    metadata,
    Column("booking_id", ID, primary_key=True),
    Column("code", Text, nullable=False),
    Column("person_id", ID, nullable=False),
    Column("slot_id", ID, ForeignKey("slot.slot_id"), nullable=False),
    Column("idempotency_key", Text, nullable=False),
    Column("display_name", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("starts_at", INSTANT, nullable=False),
    Column("ends_at", INSTANT, nullable=False),
    Column("status", Text, nullable=False),
    Column("is_ahead", Boolean, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("booked_at", INSTANT, nullable=False),
    Column("guardian_id", ID),
    Column("party_id", ID),
    Column("pool", Text, nullable=False, server_default=text("'regular'")),
    Column("moves", SmallInteger, nullable=False, server_default=text("0")),
    Column("free_moves", SmallInteger, nullable=False, server_default=text("0")),
    Column("hall_name", Text),
    Column("payment_id", ID, ForeignKey("payment.payment_id", deferrable=True, initially="DEFERRED")),
    Column("is_far", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("code", name="booking_one_per_code"),
    UniqueConstraint("person_id", "idempotency_key", name="booking_one_per_key"),
    Index("booking_one_ahead_per_person", "person_id", unique=True, postgresql_where=text("is_ahead")),
    Index("booking_no_show", "office", "date", postgresql_where=text("status = 'no_show'")),
    Index("booking_of_slot", "slot_id"),
    Index("booking_of_guardian", "guardian_id", postgresql_where=text("guardian_id IS NOT NULL")),
    Index("booking_of_payment", "payment_id", postgresql_where=text("payment_id IS NOT NULL")),
    CheckConstraint(
        "status IN ('held', 'booked', 'served', 'no_show', 'cancelled', 'expired', 'paid')",
        name="known_status",
    ),
    CheckConstraint("pool IN ('regular', 'assisted', 'priority')", name="known_pool"),
)
"""`is_ahead` stands until the booking is cancelled, or is over when its person books again. The person is one
of `account` or of `dependent`; then `guardian_id` is who booked for them. `display_name` is what its people
see, `hall_name` what the hall does."""

booked_slot = Table(
    "booked_slot",
    metadata,
    Column("booking_id", ID, ForeignKey("booking.booking_id"), primary_key=True),
    Column("slot_id", ID, ForeignKey("slot.slot_id"), primary_key=True),
    Column("pool", Text, nullable=False),
    Index("booked_slot_of_slot", "slot_id"),
)
"""The further slots of a booking whose service takes several; its first one stands in the booking."""
