"""Who works at an office's counters: their accounts, and the invitations to choose a password."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Row, Select, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from contracts.words import Role
from services.booking.store.accounts import StaffRecord
from services.booking.store.identity_tables import staff, staff_invitation

_AT_COUNTERS = ("officer", "head")


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """An account with what became of it; `invited_until` where a password may still be chosen."""

    staff_id: str
    login: str
    display_name: str
    role: Role
    office: str | None
    password_hash: str
    ended_at: datetime | None
    invited_until: datetime | None


_WHO: Select[tuple[object, ...]] = select(
    staff.c.staff_id,
    staff.c.login,
    staff.c.display_name,
    staff.c.role,
    staff.c.office,
    staff.c.password_hash,
    staff.c.ended_at,
    staff_invitation.c.expires_at.label("invited_until"),
).select_from(staff.outerjoin(staff_invitation, staff_invitation.c.staff_id == staff.c.staff_id))


def at_counters(tx: Transaction, office: str) -> Sequence[Colleague]:
    """Return an office's officers and heads, by name."""
    there = _WHO.where(staff.c.office == office, staff.c.role.in_(_AT_COUNTERS))
    return [_colleague(row) for row in tx.execute(there.order_by(staff.c.display_name, staff.c.staff_id))]


def villages(tx: Transaction) -> Sequence[Colleague]:
    """Return who books for the people of a village, by name."""
    there = _WHO.where(staff.c.role == "village").order_by(staff.c.display_name, staff.c.staff_id)
    return [_colleague(row) for row in tx.execute(there)]


def lock_heads(tx: Transaction, office: str) -> list[str]:
    """Return the ids of the heads who can sign in; nobody ends one of them meanwhile."""
    heads = select(staff.c.staff_id).where(
        staff.c.office == office,
        staff.c.role == "head",
        staff.c.ended_at.is_(None),
        staff.c.password_hash != "",
    )
    return list(tx.execute(heads.order_by(staff.c.staff_id).with_for_update()).scalars())


def lock_at_counter(tx: Transaction, office: str, staff_id: str) -> Colleague | None:
    """Read one of them, whose account nobody changes meanwhile."""
    one = _WHO.where(staff.c.staff_id == staff_id, staff.c.office == office, staff.c.role.in_(_AT_COUNTERS))
    return _read(tx, one.with_for_update(of=staff))


def lock_by_login(tx: Transaction, login: str) -> Colleague | None:
    """Read the account that signs in so, whatever its role; nobody changes it meanwhile."""
    return _read(tx, _WHO.where(staff.c.login == login).with_for_update(of=staff))


def add(tx: Transaction, record: StaffRecord) -> bool:
    """Keep a new account; False when somebody has the login."""
    statement = insert(staff).values(asdict(record)).on_conflict_do_nothing(index_elements=["login"])
    return tx.execute(statement.returning(staff.c.staff_id)).one_or_none() is not None


def put_invitation(tx: Transaction, staff_id: str, *, token_digest: bytes, expires_at: datetime) -> None:
    """Keep an invitation, in place of an earlier one."""
    values = {"token_digest": token_digest, "expires_at": expires_at}
    statement = insert(staff_invitation).values(staff_id=staff_id, **values)
    tx.execute(statement.on_conflict_do_update(index_elements=["staff_id"], set_=values))


def find_invited(tx: Transaction, token_digest: bytes) -> Colleague | None:
    """Read whose an invitation is that still counts."""
    return _read(tx, _invited(tx, token_digest))


def lock_invited(tx: Transaction, token_digest: bytes) -> Colleague | None:
    """Read as `find_invited` does, and keep others from using it meanwhile."""
    return _read(tx, _invited(tx, token_digest).with_for_update(of=staff))


def use_invitation(tx: Transaction, staff_id: str, token_digest: bytes) -> bool:
    """Use this invitation up, and let its account sign in again; False where there is another meanwhile."""
    this = staff_invitation.c.staff_id == staff_id, staff_invitation.c.token_digest == token_digest
    used = tx.execute(delete(staff_invitation).where(*this)).rowcount
    tx.execute(update(staff).where(staff.c.staff_id == staff_id).values(ended_at=None))
    return used == 1


def end(tx: Transaction, staff_id: str) -> None:
    """Let nobody sign in with an account, by a password or an invitation."""
    tx.execute(delete(staff_invitation).where(staff_invitation.c.staff_id == staff_id))
    tx.execute(update(staff).where(staff.c.staff_id == staff_id).values(password_hash="", ended_at=tx.now))


def forget_expired_invitations(tx: Transaction) -> None:
    """Drop invitations that nobody used in time."""
    tx.execute(delete(staff_invitation).where(staff_invitation.c.expires_at <= tx.now))


def _invited(tx: Transaction, token_digest: bytes) -> Select[tuple[object, ...]]:
    return _WHO.where(staff_invitation.c.token_digest == token_digest, staff_invitation.c.expires_at > tx.now)


def _read(tx: Transaction, query: Select[tuple[object, ...]]) -> Colleague | None:
    row = tx.execute(query).one_or_none()
    return None if row is None else _colleague(row)


def _colleague(row: Row[tuple[object, ...]]) -> Colleague:
    return Colleague(**row._mapping)
