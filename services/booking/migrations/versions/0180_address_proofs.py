"""Addresses are proved by who forgot the password, or is to be reached elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0180"
down_revision = "0150"

_INSTANT = sa.DateTime(timezone=True)
_ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "address_proof",
        sa.Column("proof_id", _ID, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("person_id", _ID),
        sa.Column("subject_digest", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.Text()),
        sa.Column("email", sa.Text()),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("address_digest", sa.LargeBinary()),
        sa.Column("phone_code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("email_code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.SmallInteger(), nullable=False, server_default=sa.text("0")),
        sa.Column("sends", sa.SmallInteger(), nullable=False, server_default=sa.text("1")),
        sa.Column("sent_at", _INSTANT, nullable=False),
        sa.Column("codes_expire_at", _INSTANT, nullable=False),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("proof_id", name="address_proof_pkey"),
        sa.CheckConstraint("purpose IN ('recovery', 'contact')", name="address_proof_known_purpose"),
        sa.CheckConstraint("phone IS NOT NULL OR email IS NOT NULL", name="address_proof_somewhere"),
    )
    for index, column in (
        ("address_proof_of_person", "person_id"),
        ("address_proof_of_subject", "subject_digest"),
        ("address_proof_of_address", "address_digest"),
        ("address_proof_created_at", "created_at"),
    ):
        op.create_index(index, "address_proof", [column])


def downgrade() -> None:
    op.drop_table("address_proof")
