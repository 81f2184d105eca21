"""The tables of what an office's days come to: service times, hours, waits, and when counters are open."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    Date,
    DateTime,
    Float,
    Index,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)

from services.display.store.tables import metadata

service_time = Table(
    "service_time",
    metadata,
    Column("ticket_id", Uuid(as_uuid=False), nullable=False),
    Column("called_at", DateTime(timezone=True), nullable=False),
    Column("office", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("finished_at", DateTime(timezone=True), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("step", Text, nullable=False, server_default=text("'service'")),
    PrimaryKeyConstraint("ticket_id", "called_at", name="service_time_pkey"),
    Index("service_time_latest", "office", "service", "step", "finished_at"),
)
"""How long counters had tickets before them: the latest of each office, service and step,
of four weeks at most."""

hall_hour = Table(
    "hall_hour",
    metadata,
    Column("office", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("hour", SmallInteger, nullable=False),
    Column("served", Integer, nullable=False),
    Column("no_shows", Integer, nullable=False),
    Column("waits", ARRAY(SmallInteger), nullable=False),
    Column("told", Integer, nullable=False),
    Column("kept", Integer, nullable=False),
    Column("error_minutes", Float, nullable=False),
    PrimaryKeyConstraint("office", "date", "hour", name="hall_hour_pkey"),
)
"""What became of those who came in an hour of an office's own day: their waits in minutes, and how many had
been told one, waited as long as told, and by how much it was wrong in sum."""

usual_wait = Table(
    "usual_wait",
    metadata,
    Column("office", Text, nullable=False),
    Column("hour", SmallInteger, nullable=False),
    Column("tickets", Integer, nullable=False),
    Column("median_minutes", SmallInteger, nullable=False),
    Column("ninth_decile_minutes", SmallInteger, nullable=False),
    PrimaryKeyConstraint("office", "hour", name="usual_wait_pkey"),
)
"""The waits of four weeks by hour, and of all hours under `ALL_DAY`."""

ALL_DAY = -1

counter_rhythm = Table(
    "counter_rhythm",
    metadata,
    Column("office", Text, nullable=False),
    Column("weekday", SmallInteger, nullable=False),
    Column("slot", SmallInteger, nullable=False),
    Column("looks", SmallInteger, nullable=False),
    Column("counters", Float, nullable=False),
    PrimaryKeyConstraint("office", "weekday", "slot", name="counter_rhythm_pkey"),
)
"""How many counters were open on average in each half hour of a weekday (0 is Sunday) in the last weeks."""
