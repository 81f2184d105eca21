"""The table of the ways to offices."""

from sqlalchemy import ARRAY, CheckConstraint, Column, ForeignKey, SmallInteger, Table, Text

from services.booking.store.tables import metadata

travel_time = Table(
    "travel_time",
    metadata,
    Column("office", Text, ForeignKey("office.code"), primary_key=True),
    Column("district", Text, primary_key=True),
    Column("place", SmallInteger, nullable=False),
    Column("minutes", SmallInteger, nullable=False),
    Column("opens_minutes", ARRAY(SmallInteger), nullable=False),
    Column("closes_minutes", ARRAY(SmallInteger), nullable=False),
    CheckConstraint("cardinality(opens_minutes) = cardinality(closes_minutes)", name="in_pairs"),
)
"""The way from a district to an office, and the hours at which nobody from there can be at the office.

`office.far_districts` names those from which the way is long: every sale reads it."""
