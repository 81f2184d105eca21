"""Requests for a visit at home. Who they are about, where and why is there as ciphertext only."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    Row,
    Select,
    Table,
    Text,
    and_,
    delete,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from services.booking.domain.home_visit import OPEN, HomeVisit
from services.booking.store.tables import ID, INSTANT, account, dependent, metadata

_IS_OPEN = text("status IN ('requested', 'scheduled')")

home_visit = Table(
    "home_visit",
    metadata,
    Column("visit_id", ID, primary_key=True),
    Column("person_id", ID, nullable=False),
    Column("asker_id", ID, ForeignKey("account.person_id"), nullable=False),
    Column("office", Text, ForeignKey("office.code"), nullable=False),
    Column("status", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("circumstances", LargeBinary, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("requested_at", INSTANT, nullable=False),
    Column("starts_at", INSTANT),
    Column("ends_at", INSTANT),
    Column("decline_reason", Text),
    Column("closed_at", INSTANT),
    CheckConstraint(
        "status IN ('requested', 'scheduled', 'done', 'declined', 'withdrawn')", name="known_status"
    ),
    CheckConstraint(
        "status NOT IN ('scheduled', 'done') OR (starts_at IS NOT NULL AND ends_at > starts_at)",
        name="has_time",
    ),
    CheckConstraint("(status = 'declined') = (decline_reason IS NOT NULL)", name="declined_why"),
    CheckConstraint("(status IN ('requested', 'scheduled')) = (closed_at IS NULL)", name="closed_when"),
    Index("home_visit_one_open_per_person", "person_id", unique=True, postgresql_where=_IS_OPEN),
    Index("home_visit_open_of_office", "office", postgresql_where=_IS_OPEN),
    Index("home_visit_of_asker", "asker_id"),
    Index("home_visit_of_person", "person_id"),
    Index("home_visit_closed", "closed_at"),
)
"""`circumstances` are names, district, address, reason and note, sealed for this very request."""

_VISIT = tuple(home_visit.c[field.name] for field in fields(HomeVisit))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A request with what is sealed of it; the phone is that of who asked."""

    visit: HomeVisit
    circumstances: bytes
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """Who is to be visited, by name."""

    name: str
    display_name: str


def lock_asker(tx: Transaction, asker_id: str) -> Patient | None:
    """Find who asks by their account; it is not erased until the transaction ends."""
    own = select(account.c.name, account.c.display_name)
    own = own.where(account.c.person_id == asker_id, account.c.erased_at.is_(None))
    row = tx.execute(own.with_for_update(read=True)).one_or_none()
    return None if row is None else Patient(**row._mapping)


def lock_relative(tx: Transaction, asker_id: str, person_id: str) -> Patient | None:
    """Find one of an asker's family; they stay in it until the transaction ends."""
    theirs = select(dependent.c.name, dependent.c.display_name).where(
        dependent.c.person_id == person_id, dependent.c.guardian_id == asker_id, ~dependent.c.is_removed
    )
    row = tx.execute(theirs.with_for_update(read=True)).one_or_none()
    return None if row is None else Patient(**row._mapping)


def add(tx: Transaction, visit: HomeVisit, circumstances: bytes, key_id: str) -> bool:
    """Keep a new request; False when the person has an open one."""
    values = {**asdict(visit), "circumstances": circumstances, "key_id": key_id}
    statement = insert(home_visit).values(values).on_conflict_do_nothing()
    return tx.execute(statement.returning(home_visit.c.visit_id)).one_or_none() is not None


def keep(tx: Transaction, changed: HomeVisit) -> None:
    """Keep what has become of a request."""
    statement = update(home_visit).where(home_visit.c.visit_id == changed.visit_id)
    tx.execute(statement.values(asdict(changed)))


def lock_of_office(tx: Transaction, office: str, visit_id: str) -> Kept | None:
    """Find a request to an office, and let nobody else change it until the transaction ends."""
    wanted = home_visit.c.visit_id == visit_id, home_visit.c.office == office
    row = tx.execute(_kept().where(*wanted).with_for_update(of=home_visit)).one_or_none()
    return None if row is None else _kept_of(row)


def lock_of_asker(tx: Transaction, asker_id: str, visit_id: str) -> Kept | None:
    """Find a request that somebody made, and let nobody else change it until the transaction ends."""
    wanted = home_visit.c.visit_id == visit_id, home_visit.c.asker_id == asker_id
    row = tx.execute(_kept().where(*wanted).with_for_update(of=home_visit)).one_or_none()
    return None if row is None else _kept_of(row)


def list_of_asker(tx: Transaction, asker_id: str) -> list[Kept]:
    """List the requests that somebody made, newest first."""
    rows = tx.execute(_kept().where(home_visit.c.asker_id == asker_id).order_by(home_visit.c.visit_id.desc()))
    return [_kept_of(row) for row in rows]


def list_current(tx: Transaction, office: str) -> list[Kept]:
    """List what an office has to know of: those without a day by age, then those with one by time.

    They are the open requests, and what is withdrawn until its time is over: or officers would come.
    """
    is_called_off = and_(home_visit.c.status == "withdrawn", home_visit.c.ends_at > tx.now)
    is_current = or_(home_visit.c.status.in_(sorted(OPEN)), is_called_off)
    order = home_visit.c.starts_at.asc().nulls_first(), home_visit.c.visit_id
    return [
        _kept_of(row)
        for row in tx.execute(_kept().where(home_visit.c.office == office, is_current).order_by(*order))
    ]


def count_since(tx: Transaction, person_id: str, instant: datetime) -> int:
    """Count the requests for a person since then, whoever asked and whatever became of them."""
    theirs = home_visit.c.person_id == person_id, home_visit.c.requested_at > instant
    return int(tx.execute(select(func.count()).where(*theirs)).scalar_one())


def oldest_unanswered(tx: Transaction) -> dict[str, datetime]:
    """Read since when the oldest request waits that an office has not answered, by office."""
    query = select(home_visit.c.office, func.min(home_visit.c.requested_at).label("since"))
    rows = tx.execute(query.where(home_visit.c.status == "requested").group_by(home_visit.c.office))
    return {row.office: row.since for row in rows}


def withdraw_for(tx: Transaction, person_id: str) -> None:
    """Withdraw what is open for somebody who is in another's hands, or their own, from now on."""
    is_open = home_visit.c.status.in_(sorted(OPEN))
    statement = update(home_visit).where(home_visit.c.person_id == person_id, is_open)
    tx.execute(statement.values(status="withdrawn", version=home_visit.c.version + 1, closed_at=tx.now))


def forget_of(tx: Transaction, people: Collection[str]) -> None:
    """Drop all requests that some people made, or that are about them."""
    ids = sorted(people)
    theirs = or_(home_visit.c.asker_id.in_(ids), home_visit.c.person_id.in_(ids))
    tx.execute(delete(home_visit).where(theirs))


def forget_over(tx: Transaction, *, before: datetime) -> int:
    """Drop requests that were closed before then, or whose time was over and nobody said so."""
    is_over = or_(home_visit.c.closed_at < before, home_visit.c.ends_at < before)
    return tx.execute(delete(home_visit).where(is_over)).rowcount


def _kept() -> Select[Any]:
    """Read requests with the phone of who asked."""
    columns = *_VISIT, home_visit.c.circumstances, account.c.phone
    return select(*columns).join(account, account.c.person_id == home_visit.c.asker_id)


def _kept_of(row: Row[Any]) -> Kept:
    return Kept(
        visit=HomeVisit(**{column.name: getattr(row, column.name) for column in _VISIT}),
        circumstances=row.circumstances,
        phone=row.phone,
    )
