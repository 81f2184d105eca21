"""The table of what check-in was told about people without a booking."""

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Column, Date, ForeignKey, Integer, Table, Text

from services.booking.store.tables import INSTANT, metadata

walk_in_day = Table(
    "walk_in_day",
    metadata,
    Column("office", Text, ForeignKey("office.code"), primary_key=True),
    Column("date", Date, primary_key=True),
    Column("services", ARRAY(Text), nullable=False),
    Column("places", ARRAY(Integer), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("closes_at", INSTANT),
    CheckConstraint("cardinality(services) = cardinality(places)", name="places_for_each_service"),
)
"""How many places of a date are for who walks in, by service, and when its last slot ends, as told last."""
