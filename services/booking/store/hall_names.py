"""What the hall shows of people: the choices, and the bookings that are told by them."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, Select, Update, or_, select, update

from chassis.database import Transaction
from contracts.words import ShownAs
from services.booking.domain.booking import Booking
from services.booking.store.bookings import COLUMNS, booking_of
from services.booking.store.tables import account, booking, dependent

_IN_THE_HALL = timedelta(days=1)
"""How long after its time a booking may still be in the hall, or on its board."""

_OWN_COLUMNS = (
    account.c.person_id,
    account.c.name,
    account.c.display_name,
    account.c.shown_as,
    account.c.phone,
    account.c.email,
)
_OWN = select(*_OWN_COLUMNS).where(account.c.erased_at.is_(None))
_DEPENDENT = select(
    dependent.c.person_id, dependent.c.name, dependent.c.display_name, dependent.c.shown_as
).where(~dependent.c.is_removed)


def find_person(tx: Transaction, person_id: str) -> Row[Any] | None:
    """Read the names and the choice of who has an account."""
    return tx.execute(_OWN.where(account.c.person_id == person_id)).one_or_none()


def lock_person(tx: Transaction, person_id: str) -> Row[Any] | None:
    """Read as `find_person` does, and keep others from changing it meanwhile."""
    return tx.execute(_OWN.where(account.c.person_id == person_id).with_for_update()).one_or_none()


def lock_dependent(tx: Transaction, guardian_id: str, person_id: str) -> Row[Any] | None:
    """Read the names and the choice of somebody for whom a person books, as `lock_person` does."""
    theirs: Select[Any] = _DEPENDENT.where(
        dependent.c.guardian_id == guardian_id, dependent.c.person_id == person_id
    )
    return tx.execute(theirs.with_for_update()).one_or_none()


def put_name(tx: Transaction, person_id: str, name: str) -> Row[Any]:
    """Keep another name of an account, which is locked; return what `find_person` reads now."""
    of_account, _ = _of(person_id)
    return tx.execute(of_account.values(name=name).returning(*_OWN_COLUMNS)).one()


def choose(tx: Transaction, person_id: str, shown_as: ShownAs, hall_name: str | None) -> None:
    """Keep the choice of an account, or of a dependent, with what the hall shows by it."""
    for statement in _of(person_id):
        tx.execute(statement.values(shown_as=shown_as, hall_name=hall_name))


def list_bookings(tx: Transaction, person_id: str) -> list[Booking]:
    """List the bookings of a person of which the hall may show something, now or later."""
    lasts = or_(booking.c.status.in_(("expired", "paid")), booking.c.ends_at > tx.now - _IN_THE_HALL)
    query = select(*COLUMNS).where(booking.c.person_id == person_id, booking.c.status != "cancelled", lasts)
    return [booking_of(row) for row in tx.execute(query.order_by(booking.c.booking_id))]


def rename(tx: Transaction, booking_ids: Collection[str], hall_name: str | None) -> list[Booking]:
    """Let bookings show this in the hall; return those that showed something else."""
    statement = (
        update(booking)
        .where(booking.c.booking_id.in_(sorted(booking_ids)), booking.c.hall_name.is_distinct_from(hall_name))
        .values(hall_name=hall_name, version=booking.c.version + 1)
        .returning(*COLUMNS)
    )
    return [booking_of(row) for row in tx.execute(statement)]


def _of(person_id: str) -> tuple[Update, Update]:
    """Ids of dependents are never those of an account."""
    return (
        update(account).where(account.c.person_id == person_id, account.c.erased_at.is_(None)),
        update(dependent).where(dependent.c.person_id == person_id, ~dependent.c.is_removed),
    )
