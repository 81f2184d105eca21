"""The bookings."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Integer,
    Row,
    Text,
    and_,
    bindparam,
    delete,
    func,
    literal_column,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from chassis.database import Transaction
from chassis.database_errors import stands_against
from chassis.recordset import recordset, rows_of
from services.booking.domain.booking import Booking
from services.booking.domain.quota import Taken
from services.booking.domain.wish import Citizen
from services.booking.store.tables import ID, INSTANT, account, booked_slot, booking

COLUMNS = tuple(column for column in booking.c if column.name not in {"is_ahead", "booked_at"})

_PERSON_IDS = bindparam("person_ids", type_=ARRAY(ID))

_ASKER = func.unnest(_PERSON_IDS).table_valued(sqlalchemy.column("person_id", ID)).render_derived("asker")
_ACCOUNT = (
    select(
        account.c.person_id.label("citizen_id"),
        account.c.display_name.label("citizen_name"),
        account.c.hall_name.label("shown_name"),
        account.c.waits,
    )
    .where(account.c.person_id == _ASKER.c.person_id, account.c.erased_at.is_(None))
    .offset(literal_column("0", Integer))
    .lateral("citizen")
)
_THEIRS = (
    select(*COLUMNS)
    .where(booking.c.person_id == _ASKER.c.person_id)
    .where(
        or_(booking.c.is_ahead, booking.c.idempotency_key == func.any(bindparam("keys", type_=ARRAY(Text))))
    )
    .offset(literal_column("0", Integer))
    .lateral("theirs")
)
_CITIZENS = select(_ACCOUNT, _THEIRS).select_from(_ASKER.join(_ACCOUNT, true()).outerjoin(_THEIRS, true()))
"""An index is asked for each person: `OFFSET 0` keeps the planner from joining whole tables. It would while
they are small, and a connection keeps such a plan while a rush fills them."""
_LEAVE_BEHIND = (
    update(booking)
    .where(booking.c.person_id == func.any(_PERSON_IDS), booking.c.is_ahead)
    .where(booking.c.ends_at <= bindparam("now"))
    .values(is_ahead=False)
)
_NEW = recordset("bookings", COLUMNS, name="told")
_WRITE = insert(booking).from_select(
    [*(column.name for column in COLUMNS), "is_ahead", "booked_at"],
    select(*(_NEW.c[column.name] for column in COLUMNS), true(), bindparam("now", type_=INSTANT)).order_by(
        _NEW.c.person_id
    ),
)
_ADD = _WRITE.on_conflict_do_nothing().returning(booking.c.booking_id)
_CHANGED = (
    func.unnest(
        bindparam("booking_ids", type_=ARRAY(ID)),
        bindparam("statuses", type_=ARRAY(Text)),
        bindparam("versions", type_=ARRAY(BigInteger)),
    )
    .table_valued("booking_id", "status", "version")
    .render_derived()
)
_LEAVE_WITHOUT_PLACE = (
    update(booking)
    .where(booking.c.booking_id == _CHANGED.c.booking_id)
    .values(status=_CHANGED.c.status, version=_CHANGED.c.version, is_ahead=False)
)
_OF_ASKER = select(*COLUMNS).where(
    or_(
        and_(booking.c.person_id == bindparam("asker_id"), booking.c.guardian_id.is_(None)),
        booking.c.guardian_id == bindparam("asker_id"),
    )
)
_ONE_AHEAD = "booking_one_ahead_per_person"
_ADD_FURTHER = insert(booked_slot).values(
    {name: bindparam(name) for name in ("booking_id", "slot_id", "pool")}
)


class BookingsNotKept(Exception):
    """Time after time something stood against a new booking: a fault, as codes are drawn at random."""


def list_citizens(tx: Transaction, person_ids: Collection[str], keys: Collection[str]) -> list[Citizen]:
    """Read the citizens among some persons, with their bookings that are ahead or were made with a key.

    A booking of somebody else with the same key is not theirs and not listed.
    """
    names: dict[str, tuple[str, str | None]] = {}
    bookings: dict[str, list[Booking]] = {}
    waits: dict[str, Mapping[str, str]] = {}
    for row in tx.execute(_CITIZENS, {"person_ids": list(person_ids), "keys": list(keys)}):
        names[row.citizen_id] = row.citizen_name, row.shown_name
        if row.waits:
            waits[row.citizen_id] = row.waits
        kept = bookings.setdefault(row.citizen_id, [])
        if row.booking_id is not None:
            kept.append(booking_of(row))
    return [
        Citizen(
            person_id=person_id,
            display_name=name,
            hall_name=shown_name,
            bookings=tuple(bookings[person_id]),
            waits=waits.get(person_id, {}),
        )
        for person_id, (name, shown_name) in names.items()
    ]


def leave_behind(tx: Transaction, person_ids: Collection[str]) -> None:
    """Let persons book again whose booking is over."""
    tx.execute(_LEAVE_BEHIND, {"person_ids": sorted(person_ids), "now": tx.now})


def add_bookings(tx: Transaction, bookings: Sequence[Booking]) -> set[str]:
    """Keep new bookings, and return the ids of those that could not be kept.

    They stand against something that came at the same time: the same person's other booking, or the
    same code. The rows are written in the order of persons, so no two callers wait for each other.
    """
    kept = tx.execute(_ADD, {"bookings": rows_of(bookings), "now": tx.now}).scalars()
    return {new.booking_id for new in bookings}.difference(kept)


def write_bookings(tx: Transaction, bookings: Sequence[Booking]) -> None:
    """Write new bookings as `add_bookings` does; where one stands against another, the transaction fails."""
    tx.write(_WRITE, {"bookings": rows_of(bookings), "now": tx.now})


def add_further_slots(tx: Transaction, taken: Mapping[str, Sequence[Taken]]) -> None:
    """Keep the slots that bookings take beside their first."""
    rows = [
        {"booking_id": booking_id, "slot_id": place.slot_id, "pool": place.pool}
        for booking_id, places in taken.items()
        for place in places[1:]
    ]
    if rows:
        tx.execute(_ADD_FURTHER, rows)


def places_taken(tx: Transaction, bookings: Sequence[Booking]) -> dict[str, tuple[Taken, ...]]:
    """Read which places bookings take, by their ids; the first slot's comes first, and some take none."""
    taken = {one.booking_id: [Taken(slot_id=one.slot_id, pool=one.pool)] * one.has_place for one in bookings}
    with_place = sorted(one.booking_id for one in bookings if one.has_place)
    for row in tx.execute(select(booked_slot).where(booked_slot.c.booking_id.in_(with_place))):
        taken[row.booking_id].append(Taken(slot_id=row.slot_id, pool=row.pool))
    return {booking_id: tuple(places) for booking_id, places in taken.items()}


def find_booking(tx: Transaction, asker_id: str, code: str) -> Booking | None:
    """Find one of the bookings that a person made."""
    statement = _OF_ASKER.where(booking.c.code == bindparam("code"))
    row = tx.execute(statement, {"asker_id": asker_id, "code": code}).one_or_none()
    return None if row is None else booking_of(row)


def list_bookings(tx: Transaction, asker_id: str) -> list[Booking]:
    """List the bookings that a person made, newest first."""
    statement = _OF_ASKER.order_by(booking.c.booked_at.desc(), booking.c.booking_id.desc())
    return [booking_of(row) for row in tx.execute(statement, {"asker_id": asker_id})]


def list_party(tx: Transaction, asker_id: str, party_id: str) -> list[Booking]:
    """List the bookings of a party that a person made, in the order in which they were made."""
    statement = _OF_ASKER.where(booking.c.party_id == bindparam("party_id")).order_by(booking.c.booking_id)
    return [booking_of(row) for row in tx.execute(statement, {"asker_id": asker_id, "party_id": party_id})]


def keep_cancelled(tx: Transaction, cancelled: Booking) -> None:
    """Keep that a booking was given up."""
    statement = update(booking).where(booking.c.booking_id == cancelled.booking_id)
    tx.execute(statement.values(status=cancelled.status, version=cancelled.version, is_ahead=False))


def list_of_payment(tx: Transaction, payment_ids: Collection[str]) -> list[Booking]:
    """List the bookings that some payments are for, in the order in which they were made."""
    query = select(*COLUMNS).where(booking.c.payment_id.in_(sorted(payment_ids)))
    return [booking_of(row) for row in tx.execute(query.order_by(booking.c.booking_id))]


def keep_without_place(tx: Transaction, changed: Sequence[Booking]) -> None:
    """Keep that bookings have no place, and what they have become; in one statement however many."""
    tx.execute(
        _LEAVE_WITHOUT_PLACE,
        {
            "booking_ids": [one.booking_id for one in changed],
            "statuses": [one.status for one in changed],
            "versions": [one.version for one in changed],
        },
    )


def somebody_ahead(tx: Transaction, person_ids: Collection[str]) -> Booking | None:
    """Find a booking that one of some persons has ahead."""
    ahead = booking.c.person_id.in_(sorted(person_ids)), booking.c.is_ahead, booking.c.ends_at > tx.now
    row = tx.execute(select(*COLUMNS).where(*ahead).order_by(booking.c.person_id).limit(1)).one_or_none()
    return None if row is None else booking_of(row)


def people_ahead(tx: Transaction, person_ids: Collection[str]) -> set[str]:
    """Name those of some persons who have a booking ahead."""
    ahead = booking.c.person_id.in_(sorted(person_ids)), booking.c.is_ahead, booking.c.ends_at > tx.now
    return set(tx.execute(select(booking.c.person_id).where(*ahead)).scalars())


def keep_with_places(
    tx: Transaction, changed: Sequence[Booking], taken: Mapping[str, Sequence[Taken]]
) -> bool:
    """Keep bookings that have got places; False, and nothing kept, where somebody has another one ahead.

    They are written in the order of persons, as `add_bookings` writes them.
    """
    leave_behind(tx, {one.person_id for one in changed})
    try:
        with tx.connection.begin_nested():
            for one in sorted(changed, key=lambda one: one.person_id):
                keep_moved(tx, one, taken[one.booking_id])
    except IntegrityError as refused:
        if not stands_against(refused, _ONE_AHEAD):
            raise
        return False
    return True


def keep_moved(tx: Transaction, moved: Booking, taken: Sequence[Taken]) -> None:
    """Keep that a booking is at another time, with the places that it takes there."""
    tx.execute(delete(booked_slot).where(booked_slot.c.booking_id == moved.booking_id))
    add_further_slots(tx, {moved.booking_id: taken})
    changed = ("slot_id", "pool", "date", "starts_at", "ends_at", "status", "version", "moves", "free_moves")
    values = {name: getattr(moved, name) for name in changed}
    statement = update(booking).where(booking.c.booking_id == moved.booking_id)
    tx.execute(statement.values(is_ahead=True, **values))


def booking_of(row: Row[Any]) -> Booking:
    """Make a booking of a row that has its columns."""
    return Booking(**{column.name: getattr(row, column.name) for column in COLUMNS})
