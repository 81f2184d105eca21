"""Registrations that wait for their codes."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from chassis.database import Transaction
from contracts.words import Locale, Sex, ShownAs
from services.booking.store.code_rows import CodeRecord, CodeRows, Crowd
from services.booking.store.identity_tables import registration
from services.booking.store.tables import account


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationRecord(CodeRecord):
    """A registration as it is kept."""

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


ROWS = CodeRows(table=registration, key=registration.c.registration_id, record=RegistrationRecord)


def known(tx: Transaction, *, phone: str | None, email: str | None, besides: str | None = None) -> Known:
    """Say which of the two have an account, besides that of one person."""
    others = account.c.person_id.is_distinct_from(besides)
    statement = select(
        select(account.c.person_id).where(account.c.phone == phone, others).exists().label("phone"),
        select(account.c.person_id).where(account.c.email == email, others).exists().label("email"),
    )
    return Known(**tx.execute(statement).one()._mapping)


def crowd(tx: Transaction, applicant: Applicant, *, since: datetime) -> Crowd:
    """Count the registrations since then of the same person, and from the same network address."""
    of_person = or_(
        registration.c.nik_digest == applicant.nik_digest,
        registration.c.phone == applicant.phone,
        registration.c.email == applicant.email,
    )
    return ROWS.crowd(tx, of_person, address=applicant.address_digest, since=since)
