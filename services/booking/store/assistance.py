"""Bookings that officers made for people: who made them, and how the people agreed."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Select,
    Table,
    Text,
    UniqueConstraint,
    case,
    delete,
    func,
    insert,
    or_,
    select,
    text,
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

assisted_contact = Table(
    "assisted_contact",
    metadata,
    Column("person_id", ID, ForeignKey("account.person_id", ondelete="CASCADE"), primary_key=True),
    Column("phone", Text, nullable=False),
    Column("is_village", Boolean, nullable=False, server_default=text("false")),
)
"""The phone that somebody without a sign-in gave at the desk: who registers with it is who they say.

The phone of a village is many people's: it is told what happens, and proves nothing.
"""


_PLACEHOLDER = "assisted "
_IS_ASSISTED = account.c.phone.startswith(_PLACEHOLDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assisted:
    """That an officer made a booking, on a day of the office, and how its person agreed."""

    booking_id: str
    officer_id: str
    office: str
    date: date
    idempotency_key: str
    consent_given: ConsentGiven


_ASSISTED = tuple(assisted_booking.c[field.name] for field in fields(Assisted))


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody found by their NIK; a dependent has a guardian."""

    person_id: str
    guardian_id: str | None


def placeholder(person_id: str) -> str:
    """Make what stands for the phone and the mailbox of who has no sign-in."""
    return f"{_PLACEHOLDER}{person_id}"


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


def keep_phone(tx: Transaction, person_id: str, phone: str, *, is_village: bool) -> None:
    """Keep the phone that somebody without a sign-in gave, or that of their village."""
    tx.execute(insert(assisted_contact).values(person_id=person_id, phone=phone, is_village=is_village))


def phone_of_nik(tx: Transaction, nik_digest: bytes) -> str | None:
    """Find the phone of the person of a NIK: the account's, or the one given at the desk."""
    phone = case((_IS_ASSISTED, assisted_contact.c.phone), else_=account.c.phone)
    given = assisted_contact.c.person_id == account.c.person_id
    query = select(phone).select_from(account.outerjoin(assisted_contact, given))
    return tx.execute(query.where(account.c.nik_digest == nik_digest)).scalar_one_or_none()


def forget_phone(tx: Transaction, person_id: str) -> None:
    """Drop the phone given at the desk: its person has a sign-in now, or is erased."""
    tx.execute(delete(assisted_contact).where(assisted_contact.c.person_id == person_id))


def has_no_sign_in(tx: Transaction, nik_digest: bytes) -> bool:
    """Tell whether the NIK is that of a person made with an officer's help, without a sign-in."""
    query = select(account.c.person_id).where(account.c.nik_digest == nik_digest, _IS_ASSISTED)
    return tx.execute(query).one_or_none() is not None


def add(tx: Transaction, assisted: Assisted) -> None:
    """Keep that an officer made a booking."""
    tx.execute(insert(assisted_booking).values(asdict(assisted)))


def list_made(tx: Transaction, booking_ids: Collection[str]) -> dict[str, Assisted]:
    """Read which of the bookings officers made, by the bookings' ids."""
    query = select(*_ASSISTED).where(assisted_booking.c.booking_id.in_(sorted(booking_ids)))
    return {row.booking_id: Assisted(**row._mapping) for row in tx.execute(query)}


def find_by_code(tx: Transaction, code: str) -> tuple[Booking, Assisted] | None:
    """Find a booking that somebody made for a person, and who made it."""
    query: Select[Any] = select(*COLUMNS).join(
        assisted_booking, assisted_booking.c.booking_id == booking.c.booking_id
    )
    row = tx.execute(query.where(booking.c.code == code)).one_or_none()
    if row is None:
        return None
    found = booking_of(row)
    return found, list_made(tx, [found.booking_id])[found.booking_id]


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


def claim(tx: Transaction, wanted: AccountRecord, *, booking_code: str | None) -> AccountRecord | None:
    """Give the person of a NIK, made with an officer's help, the account that they register now.

    They are who gave this phone of theirs at the desk, or who has the code of what was booked there. None
    where there is no such person, or the phone or the e-mail address has another account.
    """
    gave_phone = (
        select(assisted_contact.c.person_id)
        .where(assisted_contact.c.person_id == account.c.person_id, assisted_contact.c.phone == wanted.phone)
        .where(~assisted_contact.c.is_village)
        .exists()
    )
    has_paper = (
        select(booking.c.booking_id)
        .join(assisted_booking, assisted_booking.c.booking_id == booking.c.booking_id)
        .where(booking.c.person_id == account.c.person_id, booking.c.code == booking_code)
        .exists()
    )
    other = account.alias("other")
    is_taken = (
        select(other.c.person_id)
        .where(or_(other.c.phone == wanted.phone, other.c.email == wanted.email))
        .exists()
    )
    told = ("name", "display_name", "shown_as", "hall_name", "phone", "email", "locale")
    kept = (*told, "password_hash", "birth_date", "sex")
    statement = (
        update(account)
        .where(account.c.nik_digest == wanted.nik_digest, _IS_ASSISTED, ~is_taken)
        .where(or_(gave_phone, has_paper))
        .values(**{name: getattr(wanted, name) for name in kept}, version=account.c.version + 1)
        .returning(*(account.c[field] for field in asdict(wanted)))
    )
    row = tx.execute(statement).one_or_none()
    return None if row is None else AccountRecord(**row._mapping)
