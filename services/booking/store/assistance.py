"""Bookings that officers made for people: who made them, and how the people agreed."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Select,
    Table,
    Text,
    UniqueConstraint,
    func,
    insert,
    or_,
    select,
    update,
)

from chassis.database import Transaction
from contracts.requests.assistance import ConsentGiven
from services.booking.domain.booking import Booking
from services.booking.store.accounts import AccountRecord
from services.booking.store.bookings import COLUMNS, booking_of
from services.booking.store.tables import ID, account, booking, dependent, metadata

assisted_booking = Table(
    "assisted_booking",
    metadata,
    Column("booking_id", ID, ForeignKey("booking.booking_id", ondelete="CASCADE"), primary_key=True),
    Column("officer_id", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("idempotency_key", Text, nullable=False),
    Column("consent_given", Text, nullable=False),
    UniqueConstraint("officer_id", "idempotency_key", name="assisted_booking_one_per_key"),
    Index("assisted_booking_of_day", "officer_id", "date"),
    CheckConstraint("consent_given IN ('spoken', 'written', 'by_guardian')", name="known_consent"),
)
"""`date` is the office's own day on which the officer made it; a booking that is cancelled still counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assisted:
    """That an officer made a booking, on a day of the office, and how its person agreed."""

    booking_id: str
    officer_id: str
    office: str
    date: date
    idempotency_key: str
    consent_given: ConsentGiven


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody found by their NIK; a dependent has a guardian."""

    person_id: str
    guardian_id: str | None


def take_turn(tx: Transaction, officer_id: str) -> None:
    """Let an officer's bookings be counted one after the other."""
    tx.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"assistance:{officer_id}", 0))))


def find_made(tx: Transaction, officer_id: str, idempotency_key: str) -> Booking | None:
    """Find what an officer made with a key."""
    made = (
        assisted_booking.c.officer_id == officer_id,
        assisted_booking.c.idempotency_key == idempotency_key,
    )
    query: Select[Any] = select(*COLUMNS).join(
        assisted_booking, assisted_booking.c.booking_id == booking.c.booking_id
    )
    row = tx.execute(query.where(*made)).one_or_none()
    return None if row is None else booking_of(row)


def count_of_day(tx: Transaction, officer_id: str, day: date) -> int:
    """Count what an officer made on a day."""
    query = select(func.count()).where(
        assisted_booking.c.officer_id == officer_id, assisted_booking.c.date == day
    )
    return int(tx.execute(query).scalar_one())


def add(tx: Transaction, assisted: Assisted) -> None:
    """Keep that an officer made a booking."""
    tx.execute(insert(assisted_booking).values(asdict(assisted)))


def find_person(tx: Transaction, nik_digest: bytes) -> Known | None:
    """Find somebody by their NIK: with an account, or for whom somebody with one books."""
    person = tx.execute(
        select(account.c.person_id).where(account.c.nik_digest == nik_digest)
    ).scalar_one_or_none()
    if person is not None:
        return Known(person_id=person, guardian_id=None)
    query = select(dependent.c.person_id, dependent.c.guardian_id)
    row = tx.execute(query.where(dependent.c.nik_digest == nik_digest, ~dependent.c.is_removed)).one_or_none()
    return None if row is None else Known(person_id=row.person_id, guardian_id=row.guardian_id)


def claim(tx: Transaction, wanted: AccountRecord) -> AccountRecord | None:
    """Give the person of a NIK, made with an officer's help, the account that they register now.

    None where there is no such person, or the phone or the e-mail address has another account.
    """
    other = account.alias("other")
    is_taken = (
        select(other.c.person_id)
        .where(or_(other.c.phone == wanted.phone, other.c.email == wanted.email))
        .exists()
    )
    kept = ("name", "display_name", "phone", "email", "locale", "password_hash", "birth_date", "sex")
    statement = (
        update(account)
        .where(account.c.nik_digest == wanted.nik_digest, account.c.password_hash == "", ~is_taken)
        .values(**{name: getattr(wanted, name) for name in kept}, version=account.c.version + 1)
        .returning(*(account.c[field] for field in asdict(wanted)))
    )
    row = tx.execute(statement).one_or_none()
    return None if row is None else AccountRecord(**row._mapping)
