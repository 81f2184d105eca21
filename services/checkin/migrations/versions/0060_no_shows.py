"""Tickets to whose calls nobody came."""

import sqlalchemy as sa
from alembic import op

revision = "0060"
down_revision = "0050"

_TICKET = "queue_ticket"


def upgrade() -> None:
    _replace("starts_at", by="turn_at")
    op.add_column(_TICKET, sa.Column("no_shows", sa.Integer, nullable=False, server_default=sa.text("0")))
    op.drop_constraint("queue_ticket_state", _TICKET)
    op.create_check_constraint(
        "queue_ticket_state", _TICKET, "state IN ('waiting', 'called', 'served', 'no_show')"
    )
    op.drop_constraint("queue_ticket_served", _TICKET)
    op.create_check_constraint(
        "queue_ticket_finished",
        _TICKET,
        "(state IN ('served', 'no_show')) = (finished_at IS NOT NULL)",
    )


def downgrade() -> None:
    op.drop_constraint("queue_ticket_finished", _TICKET)
    op.create_check_constraint(
        "queue_ticket_served", _TICKET, "(state = 'served') = (finished_at IS NOT NULL)"
    )
    op.drop_constraint("queue_ticket_state", _TICKET)
    op.create_check_constraint("queue_ticket_state", _TICKET, "state IN ('waiting', 'called', 'served')")
    op.drop_column(_TICKET, "no_shows")
    _replace("turn_at", by="starts_at")


def _replace(column: str, *, by: str) -> None:
    """Keep a column in a new one: when merely renamed, its NOT NULL keeps the old name (PostgreSQL 18)."""
    op.add_column(_TICKET, sa.Column(by, sa.DateTime(timezone=True)))
    op.execute(sa.update(sa.table(_TICKET, sa.column(by), sa.column(column))).values({by: sa.column(column)}))
    op.alter_column(_TICKET, by, nullable=False)
    op.drop_column(_TICKET, column)  # the index goes with it
    op.create_index(
        "queue_ticket_waiting",
        _TICKET,
        ["office", "date", by, "scanned_at", "ticket_id"],
        postgresql_where=sa.text("state = 'waiting'"),
    )
