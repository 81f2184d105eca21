"""Requests for a visit at home. Where people live and why they cannot come is there as ciphertext only."""

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
    Index("home_visit_closed", "closed_at"),
)
"""`circumstances` are district, address, reason and note, sealed for this very request."""

_VISIT = tuple(home_visit.c[field.name] for field in fields(HomeVisit))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A request with what is sealed of it, and who it is about; the phone is that of who asked."""

    visit: HomeVisit
    circumstances: bytes
    name: str
    display_name: str
    phone: str


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


def list_open(tx: Transaction, office: str) -> list[Kept]:
    """List the open requests to an office: those without a day by age, then those with one by time."""
    is_open = home_visit.c.status.in_(sorted(OPEN))
    order = home_visit.c.starts_at.asc().nulls_first(), home_visit.c.visit_id
    return [
        _kept_of(row)
        for row in tx.execute(_kept().where(home_visit.c.office == office, is_open).order_by(*order))
    ]


def forget_of_askers(tx: Transaction, asker_ids: Collection[str]) -> None:
    """Drop all requests that some people made."""
    tx.execute(delete(home_visit).where(home_visit.c.asker_id.in_(sorted(asker_ids))))


def forget_over(tx: Transaction, *, before: datetime) -> int:
    """Drop requests that were closed before then, or whose time was over and nobody said so."""
    is_over = or_(home_visit.c.closed_at < before, home_visit.c.ends_at < before)
    return tx.execute(delete(home_visit).where(is_over)).rowcount


def _kept() -> Select[Any]:
    """Read requests with the name of whom they are about: of the account, or of the dependent."""
    return (
        select(
            *_VISIT,
            home_visit.c.circumstances,
            func.coalesce(dependent.c.name, account.c.name).label("name"),
            func.coalesce(dependent.c.display_name, account.c.display_name).label("display_name"),
            account.c.phone,
        )
        .join(account, account.c.person_id == home_visit.c.asker_id)
        .outerjoin(dependent, dependent.c.person_id == home_visit.c.person_id)
    )


def _kept_of(row: Row[Any]) -> Kept:
    return Kept(
        visit=HomeVisit(**{column.name: getattr(row, column.name) for column in _VISIT}),
        circumstances=row.circumstances,
        name=row.name,
        display_name=row.display_name,
        phone=row.phone,
    )
