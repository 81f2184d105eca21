"""Whose an account is, and how they are reached: found by what they still know, and changed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Row, Select, select, update

from chassis.database import Transaction
from contracts.words import Locale
from services.booking.store.tables import account


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """A person with an account; `version` is that of how to reach them."""

    person_id: str
    name: str
    display_name: str
    phone: str
    email: str
    locale: Locale
    version: int


_COLUMNS = (
    account.c.person_id,
    account.c.name,
    account.c.display_name,
    account.c.phone,
    account.c.email,
    account.c.locale,
    account.c.version,
)


def find_by_login(tx: Transaction, login: str) -> Owner | None:
    """Find whose a phone number or an e-mail address is, in the form in which they are compared.

    As with all that find an owner, nobody changes the account meanwhile: what is begun for it stands on it.
    """
    return _read(tx, _of((account.c.email if "@" in login else account.c.phone) == login))


def find_by_identity(tx: Transaction, nik_digest: bytes, birth_date: date) -> Owner | None:
    """Find whose a NIK is, if they were born on that day."""
    return _read(tx, _of((account.c.nik_digest == nik_digest) & (account.c.birth_date == birth_date)))


def lock(tx: Transaction, person_id: str) -> Owner | None:
    """Read a person whose account nobody changes meanwhile."""
    return _read(tx, _of(account.c.person_id == person_id))


def reach_at(tx: Transaction, owner: Owner, *, phone: str, email: str) -> Owner:
    """Reach a person there from now on."""
    statement = (
        update(account)
        .where(account.c.person_id == owner.person_id)
        .values(phone=phone, email=email, version=account.c.version + 1)
        .returning(*_COLUMNS)
    )
    return _owner(tx.execute(statement).one())


def _of(condition: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """Look among those who sign in: not erased, and not only helped to book."""
    signs_in = account.c.password_hash != ""
    return select(*_COLUMNS).where(condition, signs_in, account.c.erased_at.is_(None))


def _read(tx: Transaction, query: Select[tuple[object, ...]]) -> Owner | None:
    # Not FOR UPDATE: whoever books meanwhile refers to the row, and shall not wait.
    row = tx.execute(query.with_for_update(key_share=True)).one_or_none()
    return None if row is None else _owner(row)


def _owner(row: Row[tuple[object, ...]]) -> Owner:
    return Owner(**row._mapping)
