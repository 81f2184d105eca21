"""The tables of places that return after a while, and of who waits for them.

account ──< waitlist_entry ── returning_place >── slot
"""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from services.booking.store.tables import ID, INSTANT, metadata

waitlist_entry = Table(
    "waitlist_entry",
    metadata,
    Column("entry_id", ID, primary_key=True),
    Column("person_id", ID, ForeignKey("account.person_id", ondelete="CASCADE"), nullable=False),
    Column("display_name", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("first_date", Date, nullable=False),
    Column("last_date", Date, nullable=False),
    Column("status", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("created_at", INSTANT, nullable=False),
    Column("starts_at", INSTANT),
    Column("ends_at", INSTANT),
    Column("offer_ends_at", INSTANT),
    Index(
        "waitlist_entry_one_open_per_person",
        "person_id",
        unique=True,
        postgresql_where=text("status IN ('waiting', 'offered')"),
    ),
    Index(
        "waitlist_entry_next",
        "office",
        "service",
        "created_at",
        postgresql_where=text("status = 'waiting'"),
    ),
    Index("waitlist_entry_of_person", "person_id", "created_at"),
    Index("waitlist_entry_ended", "last_date", postgresql_where=text("status NOT IN ('waiting', 'offered')")),
    CheckConstraint("status IN ('waiting', 'offered', 'booked', 'expired', 'left')", name="known_status"),
    CheckConstraint("first_date <= last_date", name="in_order"),
)

returning_place = Table(
    "returning_place",
    metadata,
    Column("return_id", ID, primary_key=True),
    Column("slot_ids", ARRAY(ID), nullable=False),
    Column("pools", ARRAY(Text), nullable=False),
    Column("due_at", INSTANT, nullable=False),
    Column("entry_id", ID, ForeignKey("waitlist_entry.entry_id", ondelete="SET NULL")),
    Column("booking_id", ID),
    UniqueConstraint("entry_id", name="returning_place_one_per_entry"),
    Index("returning_place_due", "due_at"),
    Index("returning_place_of_booking", "booking_id", postgresql_where=text("booking_id IS NOT NULL")),
    CheckConstraint("cardinality(slot_ids) = cardinality(pools)", name="in_pairs"),
)
"""A place in each slot of a visit, which counts as booked until `due_at`: its return, or its offer's end.

`booking_id` is whose place it was: late money may take it back."""
