"""What the rest of booking needs to know of an account: how to reach its person, and the sealed NIK."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, select

from chassis.database import Transaction
from contracts.words import Locale
from services.booking.store.tables import account


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How to reach a person."""

    phone: str
    email: str
    locale: Locale


def find_contact(tx: Transaction, person_id: str) -> Contact | None:
    """Find how to reach the person of an account."""
    return _contact(tx, _contact_of(person_id))


def keep_contact(tx: Transaction, person_id: str) -> Contact | None:
    """Find how to reach the person of an account, which stays so until the transaction ends."""
    return _contact(tx, _contact_of(person_id).with_for_update(read=True))


def sealed_niks(tx: Transaction, person_ids: Collection[str]) -> dict[str, bytes]:
    """Read the ciphertexts of persons' NIKs."""
    query = select(account.c.person_id, account.c.nik_ciphertext)
    rows = tx.execute(query.where(account.c.person_id.in_(sorted(person_ids))))
    return {row.person_id: row.nik_ciphertext for row in rows}


def _contact_of(person_id: str) -> Select[tuple[object, ...]]:
    return select(account.c.phone, account.c.email, account.c.locale).where(account.c.person_id == person_id)


def _contact(tx: Transaction, query: Select[tuple[object, ...]]) -> Contact | None:
    row = tx.execute(query).one_or_none()
    return None if row is None else Contact(**row._mapping)
