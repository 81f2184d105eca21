"""Journeys of several steps, held and transferred tickets, and what can be undone."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0100"
down_revision = "0061"

_TICKET = "queue_ticket"
_INSTANT = sa.DateTime(timezone=True)


def _ticket_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("rules", sa.ARRAY(sa.Text), nullable=False, server_default=sa.text("'{appointment}'")),
        sa.Column("origin", sa.Text, nullable=False, server_default=sa.text("'booking'")),
        sa.Column("steps", sa.ARRAY(sa.Text), nullable=False, server_default=sa.text("'{service}'")),
        sa.Column("step", sa.Text, nullable=False, server_default=sa.text("'service'")),
        sa.Column("waiting_since", _INSTANT),
        sa.Column("for_counter", sa.Integer),
        sa.Column("begun_at", _INSTANT),
        sa.Column("outcome", sa.Text),
        sa.Column("note", sa.Text),
        sa.Column("undo", JSONB),
    )


def _counter_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("steps", sa.ARRAY(sa.Text), nullable=False, server_default=sa.text("'{}'")),
        sa.Column("emergency_since", _INSTANT),
        sa.Column("deed_ticket", sa.Uuid),
        sa.Column("deed_at", _INSTANT),
    )


def upgrade() -> None:
    op.add_column("office", sa.Column("hall", JSONB, nullable=False, server_default=sa.text("'{}'")))
    for column in _ticket_columns():
        op.add_column(_TICKET, column)
    op.execute(
        "UPDATE queue_ticket SET waiting_since = scanned_at, begun_at = called_at,"
        " outcome = CASE WHEN state = 'served' THEN 'done' END"
    )
    op.alter_column(_TICKET, "waiting_since", nullable=False)
    _restate("state IN ('waiting', 'called', 'held', 'served', 'no_show')")
    op.create_check_constraint("queue_ticket_step", _TICKET, "step = ANY (steps)")
    op.create_check_constraint("queue_ticket_outcome", _TICKET, "(state = 'served') = (outcome IS NOT NULL)")
    for column in _counter_columns():
        op.add_column("counter", column)
    op.execute(
        "UPDATE counter SET steps = '{service,documents,biometrics,payment,collection}' WHERE state = 'open'"
    )
    _restand("state IN ('open', 'paused', 'closed')")
    _create_records()


def downgrade() -> None:
    for table in ("call_choice", "step_record", "near_told"):
        op.drop_table(table)
    op.execute("UPDATE counter SET state = 'open' WHERE state = 'paused'")
    _restand("state IN ('open', 'closed')")
    for column in reversed(_counter_columns()):
        op.drop_column("counter", column.name)
    op.execute(
        "UPDATE queue_ticket SET state = 'waiting', counter = NULL, officer = NULL, called_at = NULL,"
        " calls = 0 WHERE state = 'held'"
    )
    op.drop_constraint("queue_ticket_outcome", _TICKET)
    op.drop_constraint("queue_ticket_step", _TICKET)
    _restate("state IN ('waiting', 'called', 'served', 'no_show')")
    for column in reversed(_ticket_columns()):
        op.drop_column(_TICKET, column.name)
    op.drop_column("office", "hall")


def _restate(states: str) -> None:
    op.drop_constraint("queue_ticket_state", _TICKET)
    op.create_check_constraint("queue_ticket_state", _TICKET, states)


def _restand(states: str) -> None:
    op.drop_constraint("counter_state", "counter")
    op.create_check_constraint("counter_state", "counter", states)


def _create_records() -> None:
    op.create_table(
        "near_told",
        sa.Column("ticket_id", sa.Uuid, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("ticket_id", "step", name="near_told_pkey"),
    )
    op.create_table(
        "step_record",
        sa.Column("ticket_id", sa.Uuid, nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("counter", sa.Integer, nullable=False),
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("waiting_since", _INSTANT, nullable=False),
        sa.Column("called_at", _INSTANT, nullable=False),
        sa.Column("finished_at", _INSTANT, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.PrimaryKeyConstraint("ticket_id", "finished_at", name="step_record_pkey"),
    )
    op.create_index("step_record_day", "step_record", ["office", "date"])
    op.create_table(
        "call_choice",
        sa.Column("ticket_id", sa.Uuid, nullable=False),
        sa.Column("called_at", _INSTANT, nullable=False),
        sa.Column("office", sa.Text, nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("counter", sa.Integer, nullable=False),
        sa.Column("officer", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.PrimaryKeyConstraint("ticket_id", "called_at", name="call_choice_pkey"),
    )
