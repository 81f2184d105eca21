"""Senders look for due messages without reading those that wait for a contact."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"

_UNSENT = "status IN ('waiting', 'due', 'sending')"


def upgrade() -> None:
    _index(due="status IN ('due', 'sending')", expiring="status IN ('waiting', 'due')")


def downgrade() -> None:
    _index(due=_UNSENT, expiring=_UNSENT)


def _index(*, due: str, expiring: str) -> None:
    """An index serves only who asks for what its predicate has."""
    op.drop_index("message_due", "message")
    op.drop_index("message_expiring", "message")
    order = [sa.text(column) for column in ("channel", "urgent DESC", "due_at")]
    op.create_index("message_due", "message", order, postgresql_where=sa.text(due))
    op.create_index("message_expiring", "message", ["expires_at"], postgresql_where=sa.text(expiring))
