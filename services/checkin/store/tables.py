"""The tables of check-in.

    office ◀── counter
    expected_ticket ◁── queue_ticket        number_sequence
    near_told        walk_in_day
    queue_ticket ┄┄▶ visit_hour    step_record ┄┄▶ step_hour    call_choice ┄┄▶ choice_day

`expected_ticket` is what booking said; `queue_ticket` is what is in the hall. A lock on the row of
`expected_ticket` orders everything that happens to one ticket before it is in the hall. A ticket without
a booking has no such row.
"""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from chassis.tombstones import tombstone

metadata = MetaData()
tombstone.to_metadata(metadata)

_Id = Uuid(as_uuid=False)
_Instant = DateTime(timezone=True)
_Words = ARRAY(Text, as_tuple=True)

office = Table(
    "office",
    metadata,
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("services", ARRAY(Text), nullable=False),
    Column("counters", Integer, nullable=False),
    Column("hall", JSONB, nullable=False, server_default=text("'{}'")),
    Column("version", BigInteger, nullable=False),
    Column("latitude", Double),
    Column("longitude", Double),
    PrimaryKeyConstraint("code", name="office_pkey"),
    CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="office_place_whole"),
)
"""Each office, as its latest OfficeChanged told it."""

expected_ticket = Table(
    "expected_ticket",
    metadata,
    Column("booking_id", _Id, nullable=False),
    Column("code", Text),
    Column("person_id", _Id),
    Column("display_name", Text),
    Column("office", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("starts_at", _Instant, nullable=False),
    Column("cancelled", Boolean, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("ends_at", _Instant, nullable=False),
    Column("is_far", Boolean, nullable=False, server_default=text("false")),
    PrimaryKeyConstraint("booking_id", name="expected_ticket_pkey"),
    UniqueConstraint("code", name="expected_ticket_code_key"),
    CheckConstraint(
        "(version = 0) = (code IS NULL AND person_id IS NULL AND display_name IS NULL)",
        name="expected_ticket_named_by_booking",
    ),
    Index("expected_ticket_day", "office", "date"),
    Index("expected_ticket_person", "person_id", postgresql_where=text("person_id IS NOT NULL")),
)
"""Each booking, as its latest event told it; version 0 when only its ticket was seen so far."""

queue_ticket = Table(
    "queue_ticket",
    metadata,
    Column("ticket_id", _Id, nullable=False),
    Column("office", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("number", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("turn_at", _Instant, nullable=False),
    Column("rules", _Words, nullable=False, server_default=text("'{appointment}'")),
    Column("origin", Text, nullable=False, server_default=text("'booking'")),
    Column("steps", _Words, nullable=False, server_default=text("'{service}'")),
    Column("step", Text, nullable=False, server_default=text("'service'")),
    Column("waiting_since", _Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("person_id", _Id),
    Column("display_name", Text),
    Column("counter", Integer),
    Column("for_counter", Integer),
    Column("officer", Text),
    Column("calls", Integer, nullable=False),
    Column("scanned_at", _Instant, nullable=False),
    Column("begun_at", _Instant),
    Column("called_at", _Instant),
    Column("absent_from", _Instant),
    Column("finished_at", _Instant),
    Column("no_shows", Integer, nullable=False, server_default=text("0")),
    Column("outcome", Text),
    Column("note", Text),
    Column("undo", JSONB(none_as_null=True)),
    Column("version", BigInteger, nullable=False),
    PrimaryKeyConstraint("ticket_id", name="queue_ticket_pkey"),
    UniqueConstraint("office", "date", "number", name="queue_ticket_number_key"),
    CheckConstraint("state IN ('waiting', 'called', 'held', 'served', 'no_show')", name="queue_ticket_state"),
    CheckConstraint("step = ANY (steps)", name="queue_ticket_step"),
    CheckConstraint("(state = 'served') = (outcome IS NOT NULL)", name="queue_ticket_outcome"),
    CheckConstraint(
        "(state = 'waiting') = (counter IS NULL AND officer IS NULL AND called_at IS NULL AND calls = 0)",
        name="queue_ticket_called",
    ),
    CheckConstraint(
        "(state IN ('served', 'no_show')) = (finished_at IS NOT NULL)", name="queue_ticket_finished"
    ),
    Index(
        "queue_ticket_waiting",
        "office",
        "date",
        "turn_at",
        "scanned_at",
        "ticket_id",
        postgresql_where=text("state = 'waiting'"),
    ),
    Index(
        "queue_ticket_at_counter", "office", "counter", unique=True, postgresql_where=text("state = 'called'")
    ),
    Index("queue_ticket_person", "person_id", postgresql_where=text("person_id IS NOT NULL")),
)
"""Each ticket that was scanned; `officer` is who last called or finished it.

`turn_at` and the `rules` that made it are `domain/policy.py`'s. `steps` is the journey it was admitted with.
`begun_at` is its first call at its step, `called_at` its last. `note` says why it is held. `undo` holds what
the last deed of a counter changed, and that counter's number, as long as nothing else was done with it.
"""

near_told = Table(
    "near_told",
    metadata,
    Column("ticket_id", _Id, nullable=False),
    Column("step", Text, nullable=False),
    Column("date", Date, nullable=False),
    PrimaryKeyConstraint("ticket_id", "step", name="near_told_pkey"),
)
"""Which tickets were told that their turn at a step is near, and on which date last.

There is no foreign key: its lock would hide the ticket from a counter that calls at that moment.
"""

step_record = Table(
    "step_record",
    metadata,
    Column("ticket_id", _Id, nullable=False),
    Column("step", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("service", Text, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("officer", Text, nullable=False),
    Column("waiting_since", _Instant, nullable=False),
    Column("called_at", _Instant, nullable=False),
    Column("finished_at", _Instant, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("note", Text),
    PrimaryKeyConstraint("ticket_id", "finished_at", name="step_record_pkey"),
    Index("step_record_day", "office", "date"),
)
"""Each step that a counter was done with: since when the ticket waited, and when it was first called.

`outcome` is how the visit ended, or `done`, `transferred` or `no_show`.
"""

call_choice = Table(
    "call_choice",
    metadata,
    Column("ticket_id", _Id, nullable=False),
    Column("called_at", _Instant, nullable=False),
    Column("office", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("counter", Integer, nullable=False),
    Column("officer", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text),
    PrimaryKeyConstraint("ticket_id", "called_at", name="call_choice_pkey"),
)
"""Each call out of turn, with who made it and why."""

walk_in_day = Table(
    "walk_in_day",
    metadata,
    Column("office", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("services", ARRAY(Text), nullable=False),
    Column("places", ARRAY(Integer), nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("closes_at", _Instant),
    PrimaryKeyConstraint("office", "date", name="walk_in_day_pkey"),
)
"""How many places of a date are for who walks in, by service, and until when, as booking told it last.

The lock on the row gives the tickets that take these places one order.
"""

visit_hour = Table(
    "visit_hour",
    metadata,
    Column("office", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("hour", Integer, nullable=False),
    Column("service", Text, nullable=False),
    Column("admitted", Integer, nullable=False),
    Column("walk_ins", Integer, nullable=False),
    Column("served", Integer, nullable=False),
    Column("incomplete", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("other_day", Integer, nullable=False),
    Column("no_shows", Integer, nullable=False),
    PrimaryKeyConstraint("office", "date", "hour", "service", name="visit_hour_pkey"),
)
"""Tickets that were forgotten, counted by the hour in which they were scanned or issued."""

step_hour = Table(
    "step_hour",
    metadata,
    Column("office", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("hour", Integer, nullable=False),
    Column("service", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("waits", ARRAY(Integer), nullable=False),
    Column("servings", ARRAY(Integer), nullable=False),
    PrimaryKeyConstraint("office", "date", "hour", "service", "step", name="step_hour_pkey"),
)
"""Step records that were forgotten, by the hour in which the wait began: their seconds, by length."""

choice_day = Table(
    "choice_day",
    metadata,
    Column("office", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("calls", Integer, nullable=False),
    PrimaryKeyConstraint("office", "date", "reason", name="choice_day_pkey"),
)
"""Calls out of turn that were forgotten, counted."""

number_sequence = Table(
    "number_sequence",
    metadata,
    Column("office", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("letter", Text, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("office", "date", "letter", name="number_sequence_pkey"),
)
"""The last number given out; a row and not a sequence, because what rolls back must leave no gap."""

counter = Table(
    "counter",
    metadata,
    Column("office", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("services", ARRAY(Text), nullable=False),
    Column("steps", _Words, nullable=False, server_default=text("'{}'")),
    Column("officer", Text, nullable=False),
    Column("emergency_since", _Instant),
    Column("deed_ticket", _Id),
    Column("deed_at", _Instant),
    Column("used_at", _Instant, nullable=False),
    Column("version", BigInteger, nullable=False),
    PrimaryKeyConstraint("office", "number", name="counter_pkey"),
    ForeignKeyConstraint(["office"], ["office.code"], name="counter_office_fkey"),
    CheckConstraint("state IN ('open', 'paused', 'closed')", name="counter_state"),
    CheckConstraint("(state = 'closed') = (services = '{}')", name="counter_closed_offers_nothing"),
)
"""Each counter that was ever opened, or asked for help; `officer` is who last opened, paused or closed it.

`deed_ticket` is with which ticket it did something last, at `deed_at`, if that may still be undone. `used_at`
is when an officer last opened, paused or closed it, or was done with a ticket there.
"""
