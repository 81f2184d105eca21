"""The table of what check-in was told about people without a booking."""

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Column, Date, ForeignKey, Integer, Table, Text

from services.booking.store.tables import metadata

walk_in_day = Table(
    "walk_in_day",
    metadata,
    Column("office", Text, ForeignKey("office.code"), primary_key=True),
    Column("date", Date, primary_key=True),
    Column("services", ARRAY(Text), nullable=False),
    Column("places", ARRAY(Integer), nullable=False),
    Column("version", BigInteger, nullable=False),
    CheckConstraint("cardinality(services) = cardinality(places)", name="places_for_each_service"),
)
"""How many places of a date are for who walks in, service by service, as it was told last."""
