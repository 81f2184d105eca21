"""A ticket can be held at a counter."""

from alembic import op

revision = "0121"
down_revision = "0120"


def upgrade() -> None:
    _replace("state IN ('waiting', 'called', 'held', 'served', 'no_show')")


def downgrade() -> None:
    op.execute("UPDATE visit SET state = 'called' WHERE state = 'held'")
    _replace("state IN ('waiting', 'called', 'served', 'no_show')")


def _replace(states: str) -> None:
    op.drop_constraint("visit_known_state", "visit")
    op.create_check_constraint("visit_known_state", "visit", states)
