"""The tickets of a person are found by index."""

import sqlalchemy as sa
from alembic import op

revision = "0160"
down_revision = "0150"

_NAMED = sa.text("person_id IS NOT NULL")


def upgrade() -> None:
    for table in ("expected_ticket", "queue_ticket"):
        op.create_index(f"{table}_person", table, ["person_id"], postgresql_where=_NAMED)


def downgrade() -> None:
    for table in ("queue_ticket", "expected_ticket"):
        op.drop_index(f"{table}_person", table)
