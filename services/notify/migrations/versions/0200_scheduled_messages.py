"""Messages may wait for their time: reminders on the day before."""

import sqlalchemy as sa
from alembic import op

revision = "0200"
down_revision = "0051"

_STATUSES = ("waiting", "due", "sending", "delivered", "failed", "superseded")


def upgrade() -> None:
    op.add_column("message", sa.Column("scheduled_for", sa.DateTime(timezone=True)))
    _allow(("scheduled", *_STATUSES))
    op.create_index(
        "message_scheduled",
        "message",
        ["scheduled_for"],
        postgresql_where=sa.text("status = 'scheduled'"),
    )


def downgrade() -> None:
    op.drop_index("message_scheduled", "message")
    op.execute("DELETE FROM message WHERE status = 'scheduled'")
    _allow(_STATUSES)
    op.drop_column("message", "scheduled_for")


def _allow(statuses: tuple[str, ...]) -> None:
    op.drop_constraint("message_status", "message")
    op.create_check_constraint("message_status", "message", f"status IN {statuses}")
