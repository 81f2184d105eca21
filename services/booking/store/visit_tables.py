"""The table of visits: how far people are whose ticket was scanned."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, SmallInteger, Table, Text

from services.booking.store.tables import ID, metadata

visit = Table(
    "visit",
    metadata,
    Column("booking_id", ID, ForeignKey("booking.booking_id", ondelete="CASCADE"), primary_key=True),
    Column("number", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("counter", SmallInteger),
    Column("version", BigInteger, nullable=False),
    CheckConstraint("state IN ('waiting', 'called', 'served', 'no_show')", name="known_state"),
)
"""A booking whose ticket is in the hall, or was, as check-in's latest event told it."""
