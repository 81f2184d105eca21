"""The tables of display: copies of what others told, and each office's board.

There are no foreign keys: a ticket's event may come before its office's.
"""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from chassis.tombstones import tombstone

metadata = MetaData()
tombstone.to_metadata(metadata)

board = Table(
    "board",
    metadata,
    Column("office", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("office_version", BigInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("first_steps", JSONB, nullable=False, server_default=text("'{}'")),
    PrimaryKeyConstraint("office", name="board_pkey"),
)
"""One row for each office: as of `office_version` its name, its zone and with which step the visits of which
services begin, where not with `service`; and its board's version.

The lock on the row gives the boards of an office one order.
"""

board_counter = Table(
    "board_counter",
    metadata,
    Column("office", Text, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("services", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    Column("steps", ARRAY(Text), nullable=False, server_default=text("'{service}'")),
    PrimaryKeyConstraint("office", "counter", name="board_counter_pkey"),
)

board_ticket = Table(
    "board_ticket",
    metadata,
    Column("ticket_id", Uuid(as_uuid=False), nullable=False),
    Column("office", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("number", Text, nullable=False),
    Column("display_name", Text),
    Column("state", Text, nullable=False),
    Column("counter", Integer),
    Column("calls", Integer, nullable=False),
    Column("called_at", DateTime(timezone=True)),
    Column("version", BigInteger, nullable=False),
    Column("service", Text, nullable=False),
    Column("scanned_at", DateTime(timezone=True), nullable=False),
    Column("no_shows", SmallInteger, nullable=False),
    Column("told_at", DateTime(timezone=True)),
    Column("told_low_minutes", SmallInteger),
    Column("told_high_minutes", SmallInteger),
    Column("step", Text, nullable=False, server_default=text("'service'")),
    Column("turn_at", DateTime(timezone=True), nullable=False),
    Column("waiting_since", DateTime(timezone=True), nullable=False),
    Column("first_called_at", DateTime(timezone=True)),
    PrimaryKeyConstraint("ticket_id", name="board_ticket_pkey"),
    # Nothing that changes is indexed, so an update stays on its page (HOT); a day has some hundred rows.
    Index("board_ticket_day", "office", "date"),
)
"""Tickets as their events tell them; `told_*` is the wait that who came was told, and when.
`first_called_at` is the call at the first step of a visit that went on, which later calls replace."""

board_outage = Table(
    "board_outage",
    metadata,
    Column("office", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("begins_at", DateTime(timezone=True), nullable=False),
    Column("ends_at", DateTime(timezone=True), nullable=False),
    Column("cause", Text, nullable=False),
    Column("note", Text),
    Column("is_lifted", Boolean, nullable=False),
    Column("version", BigInteger, nullable=False),
    PrimaryKeyConstraint("office", "date", name="board_outage_pkey"),
)
"""What each office said last of a date: that it will not work at some hours, or that it will after all."""
