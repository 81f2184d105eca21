"""Tries are counted for families too; who was removed from one leaves hardly anything behind."""

import sqlalchemy as sa
from alembic import op

revision = "0110"
down_revision = "0102"

_LEFT = (
    "name = '–', display_name = '–', birth_date = NULL, priority = 'regular',"
    " nik_ciphertext = '', nik_key_id = ''"
)


def upgrade() -> None:
    op.drop_table("assistance_try")  # counts of a day or two
    _create_tries("daily_try", "subject")
    op.create_index("home_visit_of_person", "home_visit", ["person_id"])
    op.alter_column("dependent", "birth_date", nullable=True)
    op.execute(f"UPDATE dependent SET {_LEFT} WHERE is_removed")  # noqa: S608  # a constant
    op.create_check_constraint("dependent_born", "dependent", "is_removed OR birth_date IS NOT NULL")
    op.create_index("dependent_removed", "dependent", ["person_id"], postgresql_where=sa.text("is_removed"))


def downgrade() -> None:
    op.drop_index("dependent_removed", "dependent")
    op.drop_constraint("dependent_born", "dependent")
    op.execute("UPDATE dependent SET birth_date = '1900-01-01' WHERE birth_date IS NULL")
    op.alter_column("dependent", "birth_date", nullable=False)
    op.drop_index("home_visit_of_person", "home_visit")
    op.drop_table("daily_try")
    _create_tries("assistance_try", "officer_id")


def _create_tries(table: str, who: str) -> None:
    op.create_table(
        table,
        sa.Column(who, sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(who, "date", name=f"{table}_pkey"),
    )
    op.create_index(f"{table}_of_date", table, ["date"])
