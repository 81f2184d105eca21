"""Registrations that wait for their codes."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, false, func, insert, or_, select, update

from chassis.database import Transaction
from contracts.words import Locale, Sex, ShownAs
from services.booking.store.identity_tables import registration
from services.booking.store.tables import account


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationRecord:
    """A registration as it is kept; the digests are those of the codes that count now."""

    registration_id: str
    person_id: str
    name: str
    display_name: str
    phone: str
    email: str
    locale: Locale
    birth_date: date
    sex: Sex
    nik_digest: bytes
    nik_ciphertext: bytes
    nik_key_id: str
    password_hash: str
    booking_code: str | None
    address_digest: bytes | None
    phone_code_digest: bytes
    email_code_digest: bytes
    tries: int
    sends: int
    sent_at: datetime
    codes_expire_at: datetime
    created_at: datetime
    shown_as: ShownAs = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Which of the addresses that somebody wrote have an account."""

    phone: bool
    email: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """By what registrations of one person, and from one network address, are recognised."""

    nik_digest: bytes
    phone: str
    email: str
    address_digest: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """How many registrations were begun of late that share something with one more."""

    of_person: int
    of_address: int


def add(tx: Transaction, record: RegistrationRecord) -> None:
    """Keep a new registration."""
    tx.execute(insert(registration).values(asdict(record)))


def use_try(tx: Transaction, registration_id: str, *, most: int) -> RegistrationRecord | None:
    """Count one more try at the codes; None when they count no longer.

    Counted before the codes are compared, so guesses that come together count too.
    """
    statement = (
        update(registration)
        .where(
            registration.c.registration_id == registration_id,
            registration.c.tries < most,
            registration.c.codes_expire_at > tx.now,
        )
        .values(tries=registration.c.tries + 1)
        .returning(registration)
    )
    return _record(tx.execute(statement).one_or_none())


def lock(tx: Transaction, registration_id: str) -> RegistrationRecord | None:
    """Read a registration, and keep others from changing it meanwhile."""
    statement = select(registration).where(registration.c.registration_id == registration_id)
    return _record(tx.execute(statement.with_for_update()).one_or_none())


def renew(tx: Transaction, record: RegistrationRecord) -> None:
    """Keep a registration's new codes, with what belongs to them."""
    names = ("phone_code_digest", "email_code_digest", "tries", "sends", "sent_at", "codes_expire_at")
    values = {name: getattr(record, name) for name in names}
    statement = update(registration).where(registration.c.registration_id == record.registration_id)
    tx.execute(statement.values(values))


def forget(tx: Transaction, registration_id: str) -> bool:
    """Drop a registration; False when somebody else did."""
    statement = delete(registration).where(registration.c.registration_id == registration_id)
    return tx.execute(statement).rowcount == 1


def forget_before(tx: Transaction, instant: datetime) -> None:
    """Drop the registrations that nobody completed."""
    tx.execute(delete(registration).where(registration.c.created_at < instant))


def known(tx: Transaction, *, phone: str, email: str) -> Known:
    """Say which of the two have an account."""
    statement = select(
        select(account.c.person_id).where(account.c.phone == phone).exists().label("phone"),
        select(account.c.person_id).where(account.c.email == email).exists().label("email"),
    )
    return Known(**tx.execute(statement).one()._mapping)


def crowd(tx: Transaction, applicant: Applicant, *, since: datetime) -> Crowd:
    """Count the registrations since then of the same person, and from the same network address."""
    of_person = or_(
        registration.c.nik_digest == applicant.nik_digest,
        registration.c.phone == applicant.phone,
        registration.c.email == applicant.email,
    )
    of_address: ColumnElement[bool] = false()
    if applicant.address_digest is not None:
        of_address = registration.c.address_digest == applicant.address_digest
    statement = select(
        func.count().filter(of_person).label("of_person"), func.count().filter(of_address).label("of_address")
    ).where(registration.c.created_at > since, or_(of_person, of_address))
    return Crowd(**tx.execute(statement).one()._mapping)


def _record(row: Row[Any] | None) -> RegistrationRecord | None:
    return None if row is None else RegistrationRecord(**row._mapping)
