"""Tries at assisted bookings, the phone given at the desk; wishes and money by whose they are."""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0071"

_ID = sa.Uuid(as_uuid=False)


def upgrade() -> None:
    op.create_table(
        "assistance_try",
        sa.Column("officer_id", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("officer_id", "date", name="assistance_try_pkey"),
    )
    op.create_index("assistance_try_of_date", "assistance_try", ["date"])
    op.create_table(
        "assisted_contact",
        sa.Column("person_id", _ID, nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["account.person_id"],
            name="assisted_contact_person_id_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name="assisted_contact_pkey"),
    )
    op.add_column("registration", sa.Column("booking_code", sa.Text(), nullable=True))
    op.create_index("settlement_of_code", "settlement", ["billing_code"])
    op.create_index("waitlist_entry_of_person", "waitlist_entry", ["person_id", "created_at"])
    op.create_index(
        "waitlist_entry_ended",
        "waitlist_entry",
        ["last_date"],
        postgresql_where=sa.text("status NOT IN ('waiting', 'offered')"),
    )


def downgrade() -> None:
    op.drop_index("waitlist_entry_ended", "waitlist_entry")
    op.drop_index("waitlist_entry_of_person", "waitlist_entry")
    op.drop_index("settlement_of_code", "settlement")
    op.drop_column("registration", "booking_code")
    op.drop_table("assisted_contact")
    op.drop_table("assistance_try")
