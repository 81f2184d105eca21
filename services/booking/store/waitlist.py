"""Places that return after a while, and who waits for them."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, cast, delete, exists, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from services.booking.domain.offer import Offer
from services.booking.domain.quota import Taken
from services.booking.domain.waitlist import Entry
from services.booking.store.tables import INSTANT, account, booking
from services.booking.store.waitlist_tables import returning_place, waitlist_entry

_OPEN = ("waiting", "offered")
_ENTRY = tuple(waitlist_entry.c[field.name] for field in fields(Entry))


@dataclass(frozen=True, slots=True, kw_only=True)
class Returning:
    """The places of a visit that still count as booked, until `due_at`; offered to an entry, or to nobody.

    `booking_id` is whose places they were.
    """

    return_id: str
    places: tuple[Taken, ...]
    due_at: datetime
    entry_id: str | None = None
    booking_id: str | None = None


def add_returning(tx: Transaction, returning: Sequence[Returning]) -> None:
    """Keep places from being booked for a while."""
    if returning:
        tx.execute(insert(returning_place), [_returning_row(one) for one in returning])


def take_due(tx: Transaction, *, most: int) -> list[Returning]:
    """Lock some places whose time has come, and that nobody else works on."""
    due = select(returning_place).where(returning_place.c.due_at <= tx.now)
    rows = tx.execute(due.order_by(returning_place.c.due_at).limit(most).with_for_update(skip_locked=True))
    return [_returning(row) for row in rows]


def offered_to(tx: Transaction, entry_id: str) -> Returning | None:
    """Lock the places that are offered to an entry."""
    query = select(returning_place).where(returning_place.c.entry_id == entry_id).with_for_update()
    row = tx.execute(query).one_or_none()
    return None if row is None else _returning(row)


def cooling_of(tx: Transaction, booking_ids: Collection[str]) -> dict[str, Returning]:
    """Lock the places that some bookings had, where they still cool down and are offered to nobody."""
    cooling = returning_place.c.booking_id.in_(sorted(booking_ids)), returning_place.c.entry_id.is_(None)
    rows = tx.execute(
        select(returning_place).where(*cooling).order_by(returning_place.c.return_id).with_for_update()
    )
    return {row.booking_id: _returning(row) for row in rows}


def forget_returning(tx: Transaction, return_id: str) -> None:
    """Drop places that are free, or somebody's."""
    tx.execute(delete(returning_place).where(returning_place.c.return_id == return_id))


def put_off(tx: Transaction, return_id: str, *, until: datetime, entry_id: str | None) -> None:
    """Offer places to an entry until then, or to nobody."""
    statement = update(returning_place).where(returning_place.c.return_id == return_id)
    tx.execute(statement.values(due_at=until, entry_id=entry_id))


def add_entry(tx: Transaction, entry: Entry) -> bool:
    """Keep a new entry; False when its person has one already."""
    statement = insert(waitlist_entry).values(asdict(entry)).on_conflict_do_nothing()
    return tx.execute(statement.returning(waitlist_entry.c.entry_id)).one_or_none() is not None


def put_entry(tx: Transaction, entry: Entry) -> None:
    """Keep what an entry has become."""
    tx.execute(
        update(waitlist_entry).where(waitlist_entry.c.entry_id == entry.entry_id).values(asdict(entry))
    )


def lock_entry(tx: Transaction, entry_id: str) -> Entry | None:
    """Find an entry, and let nobody else change it."""
    query = select(*_ENTRY).where(waitlist_entry.c.entry_id == entry_id).with_for_update()
    row = tx.execute(query).one_or_none()
    return None if row is None else Entry(**row._mapping)


def list_entries(tx: Transaction, person_id: str, *, since: datetime, most: int) -> list[Entry]:
    """List a person's entries that are open, or were made since then, newest first and so many at most.

    The open one, if there is one, is the newest: nobody makes another beside it.
    """
    recent = or_(waitlist_entry.c.status.in_(_OPEN), waitlist_entry.c.created_at >= since)
    query = select(*_ENTRY).where(waitlist_entry.c.person_id == person_id, recent)
    newest = query.order_by(waitlist_entry.c.created_at.desc(), waitlist_entry.c.entry_id.desc()).limit(most)
    return [Entry(**row._mapping) for row in tx.execute(newest)]


def forget_ended(tx: Transaction, *, before: date, most: int) -> int:
    """Drop entries that have ended, and whose dates were over before then; return how many."""
    ended = waitlist_entry.c.status.not_in(_OPEN), waitlist_entry.c.last_date < before
    ids = select(waitlist_entry.c.entry_id).where(*ended).limit(most)
    return tx.execute(delete(waitlist_entry).where(waitlist_entry.c.entry_id.in_(ids))).rowcount


def next_waiting(tx: Transaction, offer: Offer, *, without: Collection[str] = ()) -> Entry | None:
    """Lock the entry that waits longest for a place like the one offered, and whose person may book it.

    Some persons are passed over, and so is who has a booking, or has to wait after not coming to the office.
    """
    ahead = exists().where(
        booking.c.person_id == waitlist_entry.c.person_id, booking.c.is_ahead, booking.c.ends_at > tx.now
    )
    has_to_wait = exists().where(
        account.c.person_id == waitlist_entry.c.person_id,
        cast(account.c.waits[offer.office].astext, INSTANT) > tx.now,
    )
    query = (
        select(*_ENTRY)
        .where(waitlist_entry.c.status == "waiting", ~ahead, ~has_to_wait)
        .where(waitlist_entry.c.office == offer.office, waitlist_entry.c.service == offer.service)
        .where(waitlist_entry.c.first_date <= offer.date, waitlist_entry.c.last_date >= offer.date)
        .where(waitlist_entry.c.person_id.not_in(sorted(without)))
        .order_by(waitlist_entry.c.created_at, waitlist_entry.c.entry_id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = tx.execute(query).one_or_none()
    return None if row is None else Entry(**row._mapping)


def expire_past_entries(tx: Transaction) -> None:
    """End the wishes for dates that are over everywhere."""
    past = waitlist_entry.c.last_date < tx.now.date()
    statement = update(waitlist_entry).where(waitlist_entry.c.status == "waiting", past)
    tx.execute(statement.values(status="expired", version=waitlist_entry.c.version + 1))


def _returning_row(one: Returning) -> dict[str, Any]:
    return {
        "return_id": one.return_id,
        "slot_ids": [place.slot_id for place in one.places],
        "pools": [place.pool for place in one.places],
        "due_at": one.due_at,
        "entry_id": one.entry_id,
        "booking_id": one.booking_id,
    }


def _returning(row: Row[Any]) -> Returning:
    places = (Taken(slot_id=slot, pool=pool) for slot, pool in zip(row.slot_ids, row.pools, strict=True))
    return Returning(
        return_id=row.return_id,
        places=tuple(places),
        due_at=row.due_at,
        entry_id=row.entry_id,
        booking_id=row.booking_id,
    )
