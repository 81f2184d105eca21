"""Citizens and staff, and their failed sign-ins."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from contracts.words import Locale, Role, Sex
from services.booking.store.identity_tables import sign_in_failure, staff
from services.booking.store.tables import account


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRecord:
    """A citizen's account as it is kept."""

    person_id: str
    name: str
    display_name: str
    phone: str
    email: str
    locale: Locale
    nik_digest: bytes
    nik_ciphertext: bytes
    nik_key_id: str
    password_hash: str
    version: int
    created_at: datetime
    birth_date: date | None = None
    sex: Sex | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRecord:
    """An officer's or a device's account as it is kept."""

    staff_id: str
    login: str
    display_name: str
    role: Role
    office: str | None
    password_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Who a login belongs to, and the hash that the password must fit."""

    subject: str
    role: Role
    office: str | None
    display_name: str
    password_hash: str


_CITIZEN = select(account.c.person_id.label("subject"), account.c.display_name, account.c.password_hash)
_STAFF = select(
    staff.c.staff_id.label("subject"),
    staff.c.role,
    staff.c.office,
    staff.c.display_name,
    staff.c.password_hash,
)


def add_account(tx: Transaction, record: AccountRecord) -> bool:
    """Keep a new account; False when the NIK, the phone or the e-mail has one."""
    statement = insert(account).values(asdict(record)).on_conflict_do_nothing()
    return tx.execute(statement.returning(account.c.person_id)).one_or_none() is not None


def put_staff(tx: Transaction, record: StaffRecord) -> None:
    """Keep a staff account, or change the one with the same login; an account keeps its id."""
    values = asdict(record)
    changes = {name: value for name, value in values.items() if name not in {"staff_id", "login"}}
    tx.execute(insert(staff).values(values).on_conflict_do_update(index_elements=["login"], set_=changes))


def find_citizen(
    tx: Transaction, *, email: str | None = None, phone: str | None = None
) -> Credentials | None:
    """Find a citizen by one of the two."""
    wanted = account.c.phone == phone if email is None else account.c.email == email
    row = tx.execute(_CITIZEN.where(wanted)).one_or_none()
    return None if row is None else Credentials(role="citizen", office=None, **row._mapping)


def phone_of_nik(tx: Transaction, nik_digest: bytes) -> str | None:
    """Return the phone of the account with a NIK."""
    return tx.execute(select(account.c.phone).where(account.c.nik_digest == nik_digest)).scalar_one_or_none()


def find_staff(tx: Transaction, login: str) -> Credentials | None:
    """Find an officer or a device."""
    row = tx.execute(_STAFF.where(staff.c.login == login)).one_or_none()
    return None if row is None else Credentials(**row._mapping)


def failed_at(tx: Transaction, login_digest: bytes, *, after: datetime) -> list[datetime]:
    """List when a login's sign-in failed, newest first."""
    statement = (
        select(sign_in_failure.c.failed_at)
        .where(sign_in_failure.c.login_digest == login_digest, sign_in_failure.c.failed_at > after)
        .order_by(sign_in_failure.c.failed_at.desc())
    )
    return list(tx.execute(statement).scalars())


def add_failure(tx: Transaction, login_digest: bytes) -> None:
    """Remember a failed sign-in."""
    tx.execute(insert(sign_in_failure).values(login_digest=login_digest, failed_at=tx.now))


def forget_failures(tx: Transaction, login_digest: bytes) -> None:
    """Begin anew after a sign-in that succeeded."""
    tx.execute(delete(sign_in_failure).where(sign_in_failure.c.login_digest == login_digest))


def forget_failures_before(tx: Transaction, instant: datetime) -> None:
    """Drop what no longer counts."""
    tx.execute(delete(sign_in_failure).where(sign_in_failure.c.failed_at < instant))
