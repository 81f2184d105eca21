"""Citizens and staff."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Column, Table, select, union_all, update
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from contracts.hall_name import hall_name
from contracts.words import Locale, Role, Sex, ShownAs
from services.booking.store.identity_tables import staff
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
    shown_as: ShownAs = "name"

    @property
    def hall_name(self) -> str | None:
        """What the hall shows of them."""
        return hall_name(self.shown_as, name=self.name, display_name=self.display_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRecord:
    """An officer's, a device's or a village's account as it is kept; only villages have the last two."""

    staff_id: str
    login: str
    display_name: str
    role: Role
    office: str | None
    password_hash: str
    district: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Who a login belongs to, and the hash that the password must fit."""

    subject: str
    role: Role
    office: str | None
    display_name: str
    password_hash: str
    session_version: int = 1


_CITIZEN = select(
    account.c.person_id.label("subject"),
    account.c.display_name,
    account.c.password_hash,
    account.c.session_version,
)
_STAFF = select(
    staff.c.staff_id.label("subject"),
    staff.c.role,
    staff.c.office,
    staff.c.display_name,
    staff.c.password_hash,
    staff.c.session_version,
)


def add_account(tx: Transaction, record: AccountRecord) -> bool:
    """Keep a new account; False when the NIK, the phone or the e-mail has one."""
    values = {**asdict(record), "hall_name": record.hall_name}
    statement = insert(account).values(values).on_conflict_do_nothing()
    return tx.execute(statement.returning(account.c.person_id)).one_or_none() is not None


def find_citizen(
    tx: Transaction, *, email: str | None = None, phone: str | None = None
) -> Credentials | None:
    """Find a citizen by one of the two."""
    wanted = account.c.phone == phone if email is None else account.c.email == email
    row = tx.execute(_CITIZEN.where(wanted)).one_or_none()
    return None if row is None else Credentials(role="citizen", office=None, **row._mapping)


def find_staff(tx: Transaction, login: str) -> Credentials | None:
    """Find an officer or a device that was not ended."""
    row = tx.execute(_STAFF.where(staff.c.login == login, staff.c.ended_at.is_(None))).one_or_none()
    return None if row is None else Credentials(**row._mapping)


def find_subject(tx: Transaction, subject: str) -> Credentials | None:
    """Find a citizen, an officer or a device by id."""
    row = tx.execute(_CITIZEN.where(account.c.person_id == subject)).one_or_none()
    if row is not None:
        return Credentials(role="citizen", office=None, **row._mapping)
    row = tx.execute(_STAFF.where(staff.c.staff_id == subject)).one_or_none()
    return None if row is None else Credentials(**row._mapping)


def change_password(tx: Transaction, credentials: Credentials, password_hash: str) -> bool:
    """Keep another password; False where it is another already than when the credentials were read."""
    table, key = _table_of(credentials)
    as_read = (key == credentials.subject) & (table.c.password_hash == credentials.password_hash)
    return tx.execute(update(table).where(as_read).values(password_hash=password_hash)).rowcount == 1


def revoke_sessions(tx: Transaction, credentials: Credentials) -> int:
    """Count the subject's sessions one up; return the version that counts now."""
    table, key = _table_of(credentials)
    statement = (
        update(table)
        .where(key == credentials.subject)
        .values(session_version=table.c.session_version + 1, sessions_revoked_at=tx.now)
        .returning(table.c.session_version)
    )
    return int(tx.execute(statement).scalar_one())


def list_revoked(tx: Transaction, *, since: datetime) -> list[tuple[str, int]]:
    """List the subjects whose sessions were revoked since then, with the version that counts now."""
    statements = [
        select(key.label("subject"), table.c.session_version).where(table.c.sessions_revoked_at > since)
        for table, key in ((account, account.c.person_id), (staff, staff.c.staff_id))
    ]
    found = tx.execute(union_all(*statements)).mappings()
    return [(str(row["subject"]), int(row["session_version"])) for row in found]


def _table_of(credentials: Credentials) -> tuple[Table, Column[str]]:
    return (account, account.c.person_id) if credentials.role == "citizen" else (staff, staff.c.staff_id)
