"""What the hall shows of a person is their choice; so far it was the name, and stays so until they choose."""

import sqlalchemy as sa
from alembic import op

from contracts.visible_text import NAMELESS

revision = "0131"
down_revision = "0130"

_CHOOSES = ("account", "dependent", "registration")
_SHOWN = ("account", "dependent", "booking")
_KNOWN_CHOICE = "shown_as IN ('number', 'initials', 'masked', 'name')"


def upgrade() -> None:
    for table in _CHOOSES:
        op.add_column(
            table, sa.Column("shown_as", sa.Text(), nullable=False, server_default=sa.text("'name'"))
        )
        op.create_check_constraint(op.f(f"{table}_known_choice"), table, _KNOWN_CHOICE)
    for table in _SHOWN:
        op.add_column(table, sa.Column("hall_name", sa.Text()))
        shown = sa.table(table, sa.column("hall_name"), sa.column("display_name"))
        so_far = sa.update(shown).where(shown.c.display_name != NAMELESS)
        op.execute(so_far.values(hall_name=shown.c.display_name))


def downgrade() -> None:
    for table in _SHOWN:
        op.drop_column(table, "hall_name")
    for table in _CHOOSES:
        op.drop_column(table, "shown_as")
