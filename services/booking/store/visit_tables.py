"""The tables of what check-in tells: how far people are whose ticket was scanned, and until when it told."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, SmallInteger, Table, Text

from services.booking.store.tables import ID, INSTANT, metadata

visit = Table(
    "visit",
    metadata,
    Column("booking_id", ID, ForeignKey("booking.booking_id", ondelete="CASCADE"), primary_key=True),
    Column("number", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("counter", SmallInteger),
    Column("version", BigInteger, nullable=False),
    CheckConstraint("state IN ('waiting', 'called', 'held', 'served', 'no_show')", name="known_state"),
)
"""A booking whose ticket is in the hall, or was, as check-in's latest event told it."""

check_in_heard = Table(
    "check_in_heard",
    metadata,
    Column("office", Text, primary_key=True),
    Column("until", INSTANT, nullable=False),
)
"""The latest moment of which each office's check-in has told, by its own clock, and never one to come."""
