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
    _create_working_period()
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
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "status IN ('planned', 'socialisation', 'pilot', 'live', 'suspended')", name="office_known_status"
        ),
        sa.CheckConstraint("slot_minutes > 0 AND slot_capacity >= 0", name="office_slot_form"),
        sa.PrimaryKeyConstraint("code", name="office_pkey"),
    )


def _create_working_period() -> None:
    op.create_table(
        "working_period",
        sa.Column("office", sa.Text(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("opens_minute", sa.SmallInteger(), nullable=False),
        sa.Column("closes_minute", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint(
            "0 <= opens_minute AND opens_minute < closes_minute AND closes_minute <= 1440",
            name="working_period_in_a_day",
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="working_period_day_of_week"),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name="working_period_office_fkey"),
        sa.PrimaryKeyConstraint("office", "weekday", "opens_minute", name="working_period_pkey"),
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
        sa.CheckConstraint("booked BETWEEN 0 AND capacity", name="slot_not_oversold"),
        sa.CheckConstraint("starts_at < ends_at", name="slot_in_order"),
        sa.ForeignKeyConstraint(["office"], ["office.code"], name="slot_office_fkey"),
        sa.PrimaryKeyConstraint("slot_id", name="slot_pkey"),
        sa.UniqueConstraint("office", "service", "starts_at", name="slot_one_per_start"),
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
