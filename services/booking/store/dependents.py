"""People without an account, for whom somebody with one books."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, Row, Text, and_, bindparam, cast, delete, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from contracts.hall_name import hall_name
from contracts.requests.dependents import DependentClass
from contracts.visible_text import NAMELESS
from contracts.words import ShownAs
from services.booking.domain.wish import Citizen
from services.booking.store.bookings import COLUMNS, booking_of
from services.booking.store.home_visits import home_visit
from services.booking.store.tables import ID, INSTANT, account, booking, dependent

NOBODY: Mapping[str, Any] = {
    "name": NAMELESS,
    "display_name": NAMELESS,
    "shown_as": "name",
    "hall_name": None,
    "birth_date": None,
    "nik_ciphertext": b"",
    "nik_key_id": "",
}
"""What stands in place of who somebody was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DependentRecord:
    """A dependent as they are kept."""

    person_id: str
    guardian_id: str
    name: str
    display_name: str
    birth_date: date
    priority: DependentClass
    nik_digest: bytes
    nik_ciphertext: bytes
    nik_key_id: str
    created_at: datetime
    shown_as: ShownAs = "name"

    @property
    def hall_name(self) -> str | None:
        """What the hall shows of them."""
        return hall_name(self.shown_as, name=self.name, display_name=self.display_name)


_OF_GUARDIANS = (
    select(
        dependent.c.person_id.label("dependent_id"),
        dependent.c.guardian_id.label("dependent_of"),
        dependent.c.display_name.label("dependent_name"),
        dependent.c.hall_name.label("shown_name"),
        dependent.c.birth_date,
        dependent.c.priority.label("own_class"),
        dependent.c.is_removed,
        dependent.c.waits,
        *COLUMNS,
    )
    .outerjoin(
        booking,
        and_(
            booking.c.person_id == dependent.c.person_id,
            or_(
                booking.c.is_ahead,
                booking.c.idempotency_key == func.any(bindparam("keys", type_=ARRAY(Text))),
            ),
        ),
    )
    .where(dependent.c.guardian_id == func.any(bindparam("guardian_ids", type_=ARRAY(ID))))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyMember:
    """Who has a NIK and books, or booked, through somebody else: one identity, whoever that is."""

    person_id: str
    guardian_id: str
    is_removed: bool
    waits: Mapping[str, str] | None


_MEMBER = tuple(dependent.c[field.name] for field in fields(FamilyMember))


def lock_of_nik(tx: Transaction, nik_digest: bytes) -> FamilyMember | None:
    """Find who has a NIK among those for whom somebody books, or did; nobody else changes them meanwhile."""
    query = select(*_MEMBER).where(dependent.c.nik_digest == nik_digest)
    newest = query.order_by(dependent.c.is_removed, dependent.c.created_at.desc()).limit(1)
    row = tx.execute(newest.with_for_update()).one_or_none()
    return None if row is None else FamilyMember(**row._mapping)


def take_back(tx: Transaction, record: DependentRecord) -> bool:
    """Let somebody book again for who was removed, as who they are; False when the NIK has an account."""
    has_account = select(account.c.person_id).where(account.c.nik_digest == record.nik_digest)
    if tx.execute(has_account).first() is not None:
        return False
    statement = update(dependent).where(dependent.c.person_id == record.person_id)
    tx.execute(statement.values(**_row(record), is_removed=False))
    return True


def leave_family(tx: Transaction, person_id: str) -> None:
    """Drop who books on their own from now on; what was booked for them stays."""
    tx.execute(delete(dependent).where(dependent.c.person_id == person_id))


def add_dependent(tx: Transaction, record: DependentRecord) -> bool:
    """Keep a new dependent; False when the NIK is somebody's already."""
    has_account = select(account.c.person_id).where(account.c.nik_digest == record.nik_digest)
    if tx.execute(has_account).first() is not None:
        return False
    statement = insert(dependent).values(_row(record)).on_conflict_do_nothing()
    return tx.execute(statement.returning(dependent.c.person_id)).one_or_none() is not None


def list_dependents(tx: Transaction, guardian_id: str) -> list[DependentRecord]:
    """List those for whom a person books, in the order in which they were added."""
    columns = (dependent.c[field.name] for field in fields(DependentRecord))
    query = select(*columns).where(dependent.c.guardian_id == guardian_id, ~dependent.c.is_removed)
    rows = tx.execute(query.order_by(dependent.c.created_at, dependent.c.person_id))
    return [DependentRecord(**row._mapping) for row in rows]


def remove_dependent(tx: Transaction, guardian_id: str, person_id: str) -> bool:
    """Book no more for somebody; what is booked stays, and their NIK is free for others. False for nobody.

    Who they were is dropped, but for what lets them come back as the same person.
    """
    mine = dependent.c.person_id == person_id, dependent.c.guardian_id == guardian_id, ~dependent.c.is_removed
    statement = update(dependent).where(*mine).values({**NOBODY, "priority": "regular", "is_removed": True})
    return tx.execute(statement.returning(dependent.c.person_id)).one_or_none() is not None


def forget_removed(tx: Transaction, *, most: int) -> list[str]:
    """Drop removed persons to whom nothing refers any more, so many at most; return their ids.

    As long as they have bookings, waits that are ahead or visits at home, they have to come back as the same.
    """
    offices = func.jsonb_each_text(func.coalesce(dependent.c.waits, text("'{}'::jsonb"))).table_valued(
        "value"
    )
    still_waits = select(offices.c.value).where(cast(offices.c.value, INSTANT) > tx.now).exists()
    has_booking = select(booking.c.booking_id).where(booking.c.person_id == dependent.c.person_id).exists()
    has_visit = select(home_visit.c.visit_id).where(home_visit.c.person_id == dependent.c.person_id).exists()
    unused = select(dependent.c.person_id).where(
        dependent.c.is_removed, ~has_booking, ~has_visit, ~still_waits
    )
    some = unused.limit(most).with_for_update(skip_locked=True, of=dependent)
    gone = delete(dependent).where(dependent.c.person_id.in_(some)).returning(dependent.c.person_id)
    return list(tx.execute(gone).scalars())


def list_family(tx: Transaction, guardian_ids: Collection[str], keys: Collection[str]) -> list[Citizen]:
    """Read the dependents of some persons, with their bookings that are ahead or were made with a key.

    One who was removed is listed only for what was booked for them: a key answers the same for ever.
    """
    found: dict[str, list[Row[Any]]] = {}
    for row in tx.execute(_OF_GUARDIANS, {"guardian_ids": list(guardian_ids), "keys": list(keys)}):
        found.setdefault(row.dependent_id, []).append(row)
    return [_citizen(rows) for rows in found.values()]


def _row(record: DependentRecord) -> dict[str, Any]:
    return {**asdict(record), "hall_name": record.hall_name}


def _citizen(rows: list[Row[Any]]) -> Citizen:
    first = rows[0]
    return Citizen(
        person_id=first.dependent_id,
        display_name=first.dependent_name,
        hall_name=first.shown_name,
        bookings=tuple(booking_of(row) for row in rows if row.booking_id is not None),
        guardian_id=first.dependent_of,
        priority=first.own_class,
        births=() if first.birth_date is None else (first.birth_date,),
        is_removed=first.is_removed,
        waits=first.waits or {},
    )
