"""All that is kept about a person: read, erased, and forgotten when its time is over."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ARRAY, Row, bindparam, delete, func, or_, select, update

from chassis.database import Transaction
from contracts.visible_text import NAMELESS
from services.booking.store import address_proofs
from services.booking.store.dependents import NOBODY
from services.booking.store.identity_tables import registration
from services.booking.store.payment_tables import refund
from services.booking.store.tables import ID, account, booked_slot, booking, dependent
from services.booking.store.waitlist_tables import waitlist_entry

_IDS = bindparam("ids", type_=ARRAY(ID))
_SIGNED_IN_EVERY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The rows about a person: the account, those for whom they book, and all their bookings."""

    account: Row[Any]
    dependents: tuple[Row[Any], ...]
    bookings: tuple[Row[Any], ...]

    @property
    def people(self) -> tuple[str, ...]:
        """The person and those for whom they book."""
        return (self.account.person_id, *(row.person_id for row in self.dependents))


def lock_kept(tx: Transaction, person_id: str) -> Kept | None:
    """Read all about a person, whose account nobody changes meanwhile; None where there is no account."""
    own = select(account).where(account.c.person_id == person_id, account.c.erased_at.is_(None))
    row = tx.execute(own.with_for_update()).one_or_none()
    if row is None:
        return None
    family = tx.execute(select(dependent).where(dependent.c.guardian_id == person_id)).all()
    mine = or_(booking.c.person_id == person_id, booking.c.guardian_id == person_id)
    bookings = tx.execute(select(booking).where(mine).order_by(booking.c.booked_at)).all()
    return Kept(account=row, dependents=tuple(family), bookings=tuple(bookings))


def list_wishes(tx: Transaction, person_id: str) -> Sequence[Row[Any]]:
    """Read all wishes for a place that are kept of a person."""
    own = select(waitlist_entry).where(waitlist_entry.c.person_id == person_id)
    return tx.execute(own.order_by(waitlist_entry.c.created_at)).all()


def list_refunds(tx: Transaction, kept: Kept) -> Sequence[Row[Any]]:
    """Read all money that goes back to a person, or went, also for bookings that are forgotten."""
    payments = {row.payment_id for row in kept.bookings if row.payment_id is not None}
    theirs = or_(refund.c.person_id.in_(kept.people), refund.c.payment_id.in_(payments))
    return tx.execute(select(refund).where(theirs).order_by(refund.c.created_at, refund.c.refund_id)).all()


def take_names_off_bookings(tx: Transaction, kept: Kept) -> None:
    """Let bookings and wishes, and what is told of them from now on, show no name."""
    ids = [row.booking_id for row in kept.bookings]
    theirs = update(booking).where(booking.c.booking_id.in_(ids))
    tx.execute(theirs.values(display_name=NAMELESS, hall_name=None))
    waits = waitlist_entry.c.person_id == kept.account.person_id
    tx.execute(update(waitlist_entry).where(waits).values(display_name=NAMELESS))


def erase(tx: Transaction, kept: Kept) -> int:
    """Leave of the account, and of those for whom it booked, nothing but ids; return the account's version.

    The rows stay because bookings point to them; NIK, phone and e-mail are free for another account.
    """
    for row in kept.dependents:
        nobody = {**NOBODY, "priority": "regular", "nik_digest": _nobodys(row.person_id), "waits": None}
        gone = update(dependent).where(dependent.c.person_id == row.person_id)
        tx.execute(gone.values({**nobody, "is_removed": True}))
    person_id = kept.account.person_id
    statement = (
        update(account)
        .where(account.c.person_id == person_id)
        .values(
            **NOBODY,
            waits=None,
            nik_digest=_nobodys(person_id),
            phone=f"erased {person_id}",
            email=f"erased {person_id}",
            sex=None,
            password_hash="",
            signed_in_at=None,
            erased_at=tx.now,
            version=account.c.version + 1,
        )
        .returning(account.c.version)
    )
    same = or_(registration.c.phone == kept.account.phone, registration.c.email == kept.account.email)
    tx.execute(delete(registration).where(same))
    address_proofs.forget_of(tx, person_id)
    return int(tx.execute(statement).scalar_one())


def note_sign_in(tx: Transaction, person_id: str) -> None:
    """Remember that an account is in use; once a day is enough."""
    long_ago = or_(account.c.signed_in_at.is_(None), account.c.signed_in_at < tx.now - _SIGNED_IN_EVERY)
    tx.execute(update(account).where(account.c.person_id == person_id, long_ago).values(signed_in_at=tx.now))


def unused(tx: Transaction, *, since: datetime, most: int) -> list[str]:
    """List accounts that nobody has signed in to, or booked with, since then."""
    last_use = func.greatest(account.c.created_at, account.c.signed_in_at)
    recent = select(booking.c.booking_id).where(
        or_(booking.c.person_id == account.c.person_id, booking.c.guardian_id == account.c.person_id),
        booking.c.ends_at >= since,
    )
    statement = select(account.c.person_id).where(
        account.c.erased_at.is_(None), last_use < since, ~recent.exists()
    )
    return list(tx.execute(statement.order_by(account.c.person_id).limit(most)).scalars())


def forget_bookings(tx: Transaction, *, before: datetime, most: int) -> int:
    """Drop bookings whose time was over before then, the oldest first; return how many.

    Who has paid and not chosen a slot yet still may.

    Their ids begin with the time at which they were made (UUIDv7), so the primary key leads to them.
    """
    oldest = (
        select(booking.c.booking_id)
        .where(booking.c.booking_id < _first_id_of(before), booking.c.ends_at < before)
        .where(booking.c.status != "paid")
        .order_by(booking.c.booking_id)
        .limit(most)
    )
    ids = list(tx.execute(oldest).scalars())
    tx.execute(delete(booked_slot).where(booked_slot.c.booking_id == func.any(_IDS)), {"ids": ids})
    return tx.execute(delete(booking).where(booking.c.booking_id == func.any(_IDS)), {"ids": ids}).rowcount


def _first_id_of(instant: datetime) -> str:
    return str(uuid.UUID(int=round(instant.timestamp() * 1000) << 80))


def _nobodys(person_id: str) -> bytes:
    """Make what stands in place of a NIK's digest: no digest has this length."""
    return uuid.UUID(person_id).bytes
