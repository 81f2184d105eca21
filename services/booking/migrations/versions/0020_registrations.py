"""Registrations wait for their one-time codes; accounts know birth date and sex."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0010"

_ID = sa.Uuid(as_uuid=False)
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("account", sa.Column("birth_date", sa.Date()))
    op.add_column("account", sa.Column("sex", sa.Text()))
    op.create_check_constraint("account_known_sex", "account", "sex IN ('male', 'female')")
    _create_registration()
    for column in ("nik_digest", "phone", "email", "address_digest"):
        index = f"registration_of_{column.removesuffix('_digest')}"
        op.create_index(index, "registration", [column])
    op.create_index("registration_created_at", "registration", ["created_at"])


def downgrade() -> None:
    op.drop_table("registration")
    op.drop_column("account", "sex")
    op.drop_column("account", "birth_date")


def _create_registration() -> None:
    op.create_table(
        "registration",
        sa.Column("registration_id", _ID, nullable=False),
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("sex", sa.Text(), nullable=False),
        sa.Column("nik_digest", sa.LargeBinary(), nullable=False),
        sa.Column("nik_ciphertext", sa.LargeBinary(), nullable=False),
        sa.Column("nik_key_id", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("address_digest", sa.LargeBinary()),
        sa.Column("phone_code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("email_code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("sends", sa.SmallInteger(), nullable=False, server_default=sa.text("1")),
        sa.Column("sent_at", _INSTANT, nullable=False),
        sa.Column("codes_expire_at", _INSTANT, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.CheckConstraint("sex IN ('male', 'female')", name="registration_known_sex"),
        sa.PrimaryKeyConstraint("registration_id", name="registration_pkey"),
    )
