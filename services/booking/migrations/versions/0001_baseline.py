"""The tables that booking begins with."""

import sqlalchemy as sa
from alembic import op

from chassis import tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create_account()
    _create_sign_in_failure()
    _create_office()
    _create_rollout_stage()
    _create_working_period()
    _create_one_off_hours()
    _create_closure()
    _create_holiday_override()
    _create_staff()
    _create_slot()
    _create_booking()
    tables.create(op)  # type: ignore[arg-type]  # alembic's module stands for its Operations


def _create_account() -> None:
    op.create_table(
        "account",
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("nik_digest", sa.LargeBinary(), nullable=False),
        sa.Column("nik_ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("nik_key_id", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="account_pkey"),
        sa.UniqueConstraint("email", name="account_one_per_email"),
        sa.UniqueConstraint("nik_digest", name="account_one_per_nik"),
        sa.UniqueConstraint("phone", name="account_one_per_phone"),
    )


def _create_sign_in_failure() -> None:
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("login_digest", sa.LargeBinary(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="sign_in_failure_pkey"),
    )
    op.create_index("sign_in_failure_failed_at", "sign_in_failure", ["failed_at"], unique=False)
    op.create_index("sign_in_failure_recent", "sign_in_failure", ["login_digest", "failed_at"], unique=False)


def _create_office() -> None:
    op.create_table(
        "office",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("office_class", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("services", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("counters", sa.SmallInteger(), nullable=False),
        sa.Column("slot_minutes", sa.SmallInteger(), nullable=False),
        sa.Column("slot_capacity", sa.SmallInteger(), nullable=False),
        sa.Column("sells_running_slots", sa.Boolean(), nullable=False),
        sa.Column("observes_holidays", sa.Boolean(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("covers", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("release_kind", sa.Text(), nullable=False),
        sa.Column("release_ahead", sa.SmallInteger(), nullable=True),
        sa.Column("release_day", sa.SmallInteger(), nullable=True),
        sa.Column("release_minute", sa.SmallInteger(), nullable=True),
        sa.Column("calendar_version", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "status IN ('planned', 'socialisation', 'pilot', 'live', 'suspended')", name="office_known_status"
        ),
        sa.CheckConstraint("slot_minutes > 0 AND slot_capacity >= 0", name="office_slot_form"),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="office_place_whole"),
        sa.CheckConstraint(
            "CASE release_kind"
            " WHEN 'rolling' THEN release_ahead >= 1 AND release_day IS NULL AND release_minute IS NULL"
            " WHEN 'weekly' THEN release_ahead >= 1 AND release_day BETWEEN 0 AND 6"
            " AND release_minute BETWEEN 0 AND 1439"
            " WHEN 'monthly' THEN release_ahead IS NULL AND release_day BETWEEN 1 AND 31"
            " AND release_minute BETWEEN 0 AND 1439"
            " ELSE false END",
            name="office_release_rule",
        ),
        sa.PrimaryKeyConstraint("code", name="office_pkey"),
    )


def _create_rollout_stage() -> None:
    op.create_table(
        "rollout_stage",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status IN ('planned', 'socialisation', 'pilot', 'live', 'suspended')",
            name="rollout_stage_known_status",
        ),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name="rollout_stage_office_fkey"),
        sa.PrimaryKeyConstraint("office", "from_date", name="rollout_stage_pkey"),
    )


def _create_working_period() -> None:
    op.create_table(
        "working_period",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("opens_minute", sa.SmallInteger(), nullable=False),
        sa.Column("closes_minute", sa.SmallInteger(), nullable=False),
        sa.Column("every_weeks", sa.SmallInteger(), nullable=False),
        sa.Column("counted_from", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "0 <= opens_minute AND opens_minute < closes_minute AND closes_minute <= 1440",
            name="working_period_in_a_day",
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="working_period_day_of_week"),
        sa.CheckConstraint(
            "every_weeks >= 1 AND (every_weeks > 1) = (counted_from IS NOT NULL)",
            name="working_period_weeks_counted",
        ),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name="working_period_office_fkey"),
        sa.PrimaryKeyConstraint("office", "valid_from", "place", name="working_period_pkey"),
    )


def _create_one_off_hours() -> None:
    op.create_table(
        "one_off_hours",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("opens_minutes", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("closes_minutes", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "cardinality(opens_minutes) = cardinality(closes_minutes)", name="one_off_hours_in_pairs"
        ),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name="one_off_hours_office_fkey"),
        sa.PrimaryKeyConstraint("office", "date", name="one_off_hours_pkey"),
    )


def _create_closure() -> None:
    op.create_table(
        "closure",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=False),
        sa.Column("first_date", sa.Date(), nullable=False),
        sa.Column("last_date", sa.Date(), nullable=False),
        sa.Column("opens_minute", sa.SmallInteger(), nullable=True),
        sa.Column("closes_minute", sa.SmallInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("first_date <= last_date", name="closure_in_order"),
        sa.CheckConstraint("(opens_minute IS NULL) = (closes_minute IS NULL)", name="closure_hours_whole"),
        sa.CheckConstraint(
            "opens_minute IS NULL"
            " OR (0 <= opens_minute AND opens_minute < closes_minute AND closes_minute <= 1440)",
            name="closure_in_a_day",
        ),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name="closure_office_fkey"),
        sa.PrimaryKeyConstraint("office", "place", name="closure_pkey"),
    )


def _create_holiday_override() -> None:
    op.create_table(
        "holiday_override",
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_holiday", sa.Boolean(), nullable=False),
        sa.Column("decree", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("date", name="holiday_override_pkey"),
    )


def _create_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("staff_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.CheckConstraint("role = 'admin' OR office IS NOT NULL", name="staff_office_of_role"),
        sa.CheckConstraint("role IN ('officer', 'kiosk', 'head', 'admin')", name="staff_known_role"),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name="staff_office_fkey"),
        sa.PrimaryKeyConstraint("staff_id", name="staff_pkey"),
        sa.UniqueConstraint("login", name="staff_one_per_login"),
    )


def _create_slot() -> None:
    op.create_table(
        "slot",
        sa.Column("slot_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("capacity", sa.SmallInteger(), nullable=False),
        sa.Column("booked", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_withdrawn", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("booked BETWEEN 0 AND capacity", name="slot_not_oversold"),
        sa.CheckConstraint("starts_at < ends_at", name="slot_in_order"),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name="slot_office_fkey"),
        sa.PrimaryKeyConstraint("slot_id", name="slot_pkey"),
    )
    op.create_index(
        "slot_one_per_start",
        "slot",
        ["office", "service", "starts_at"],
        unique=True,
        postgresql_where=sa.text("NOT is_withdrawn"),
    )
    op.create_index("slot_day", "slot", ["office", "service", "date"], unique=False)


def _create_booking() -> None:
    op.create_table(
        "booking",
        sa.Column("booking_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("slot_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("is_ahead", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("status IN ('booked', 'cancelled')", name="booking_known_status"),
        sa.ForeignKeyConstraint(["person_id"], ["account.person_id"], name="booking_person_id_fkey"),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.slot_id"], name="booking_slot_id_fkey"),
        sa.PrimaryKeyConstraint("booking_id", name="booking_pkey"),
        sa.UniqueConstraint("code", name="booking_one_per_code"),
        sa.UniqueConstraint("person_id", "idempotency_key", name="booking_one_per_key"),
    )
    op.create_index(
        "booking_one_ahead_per_person",
        "booking",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("is_ahead"),
    )
