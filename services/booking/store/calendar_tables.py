"""The tables of when offices work: weekly hours, single days, closures, and public holidays."""

from sqlalchemy import ARRAY, Boolean, CheckConstraint, Column, Date, ForeignKey, SmallInteger, Table, Text

from services.booking.store.tables import metadata

_IN_A_DAY = "0 <= opens_minute AND opens_minute < closes_minute AND closes_minute <= 1440"

working_period = Table(
    "working_period",
    metadata,
    Column("office", Text, ForeignKey("office.code"), primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("place", SmallInteger, primary_key=True),
    Column("weekday", SmallInteger, nullable=False),
    Column("opens_minute", SmallInteger, nullable=False),
    Column("closes_minute", SmallInteger, nullable=False),
    Column("every_weeks", SmallInteger, nullable=False),
    Column("counted_from", Date),
    CheckConstraint("weekday BETWEEN 0 AND 6", name="day_of_week"),
    CheckConstraint(_IN_A_DAY, name="in_a_day"),
    CheckConstraint(
        "every_weeks >= 1 AND (every_weeks > 1) = (counted_from IS NOT NULL)", name="weeks_counted"
    ),
)
"""Weekly working hours on the office's clock, in versions; Monday is weekday 0, `place` the order told."""

one_off_hours = Table(
    "one_off_hours",
    metadata,
    Column("office", Text, ForeignKey("office.code"), primary_key=True),
    Column("date", Date, primary_key=True),
    Column("opens_minutes", ARRAY(SmallInteger), nullable=False),
    Column("closes_minutes", ARRAY(SmallInteger), nullable=False),
    Column("name", Text, nullable=False),
    CheckConstraint("cardinality(opens_minutes) = cardinality(closes_minutes)", name="in_pairs"),
)
"""The hours of one date in place of the weekly ones; none of them means closed."""

closure = Table(
    "closure",
    metadata,
    Column("office", Text, ForeignKey("office.code"), primary_key=True),
    Column("place", SmallInteger, primary_key=True),
    Column("first_date", Date, nullable=False),
    Column("last_date", Date, nullable=False),
    Column("opens_minute", SmallInteger),
    Column("closes_minute", SmallInteger),
    Column("reason", Text, nullable=False),
    CheckConstraint("first_date <= last_date", name="in_order"),
    CheckConstraint("(opens_minute IS NULL) = (closes_minute IS NULL)", name="hours_whole"),
    CheckConstraint(f"opens_minute IS NULL OR ({_IN_A_DAY})", name="in_a_day"),
)
"""Days on which an office is shut; with minutes, only from the one to the other."""

holiday_override = Table(
    "holiday_override",
    metadata,
    Column("date", Date, primary_key=True),
    Column("name", Text, nullable=False),
    Column("is_holiday", Boolean, nullable=False),
    Column("decree", Text, nullable=False),
)
"""What the library of holidays does not know yet, or knows wrongly: decreed, moved and cancelled days."""
