"""People without a booking: the places that booking told, and the tickets that took them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy
from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from contracts.events import WalkInIssued, WalkInPlacesSet
from contracts.events.checkin import QueueTicketState
from contracts.words import ServiceCode
from services.checkin.domain.numbering import LETTERS, ticket_number
from services.checkin.domain.walk_in import WalkIn, WalkInDay
from services.checkin.store.tables import number_sequence, queue_ticket, walk_in_day
from services.checkin.store.ticket_state import STATE_COLUMNS, read_state

_INCOMING = insert(walk_in_day)
_REMEMBER = _INCOMING.on_conflict_do_update(
    constraint=walk_in_day.primary_key,
    set_={name: _INCOMING.excluded[name] for name in ("services", "places", "closes_at", "version")},
    where=walk_in_day.c.version < _INCOMING.excluded.version,
)
_DAY: Select[Any] = select(walk_in_day.c.services, walk_in_day.c.places, walk_in_day.c.closes_at).where(
    walk_in_day.c.office == bindparam("at_office"), walk_in_day.c.date == bindparam("today")
)
# The second of two kiosks waits here, and then counts what the first has issued.
_LOCK_DAY = _DAY.with_for_update()
_OF_DAY = (queue_ticket.c.office == bindparam("at_office"), queue_ticket.c.date == bindparam("today"))
_ISSUED: Select[Any] = (
    select(queue_ticket.c.service, func.count().label("tickets"))
    .where(*_OF_DAY, queue_ticket.c.origin == "walk_in")
    .group_by(queue_ticket.c.service)
)
_WAITING: Select[Any] = (
    select(queue_ticket.c.service, func.count().label("tickets"))
    .where(*_OF_DAY, queue_ticket.c.state == "waiting")
    .group_by(queue_ticket.c.service)
)
_ISSUE = insert(queue_ticket).values(state="waiting", calls=0, version=1, origin="walk_in")
_NEXT_PLACE = (
    insert(number_sequence)
    .values(last=1)
    .on_conflict_do_update(constraint=number_sequence.primary_key, set_={"last": number_sequence.c.last + 1})
    .returning(number_sequence.c.last)
)
_FIND = select(*STATE_COLUMNS).where(*_OF_DAY, queue_ticket.c.ticket_id == bindparam("wanted"))


def remember(tx: Transaction, event: WalkInPlacesSet) -> None:
    """Keep how many places a date has where the event is newer than what is known."""
    told = {
        "office": event.office,
        "date": event.date,
        "services": [one.service for one in event.services],
        "places": [one.places for one in event.services],
        "closes_at": event.closes_at,
        "version": event.version,
    }
    tx.execute(_REMEMBER, told)


def read_day(tx: Transaction, office: str, day: date) -> WalkInDay | None:
    """Return a day's places; None where the office does not work, or nothing was told."""
    return _day(tx, _DAY, office, day)


def lock_day(tx: Transaction, office: str, day: date) -> WalkInDay | None:
    """Return the same, and keep others who would take a place waiting until this is committed."""
    return _day(tx, _LOCK_DAY, office, day)


def count_waiting(tx: Transaction, office: str, day: date) -> Mapping[ServiceCode, int]:
    """Count who waits in the hall, with and without a booking, service by service."""
    return {row.service: row.tickets for row in tx.execute(_WAITING, _of(office, day))}


def issue(tx: Transaction, walk_in: WalkIn, number: str, turn: Mapping[str, Any]) -> WalkInIssued:
    """Bring a ticket into the hall under this number; `turn` is when it is called, and at which step."""
    ticket = {
        "ticket_id": walk_in.ticket_id,
        "office": walk_in.office,
        "date": walk_in.date,
        "number": number,
        "service": walk_in.service,
        "priority": walk_in.priority,
        "display_name": walk_in.display_name,
        "scanned_at": tx.now,
        "waiting_since": tx.now,
        **turn,
    }
    return read_state(tx.execute(_ISSUE.returning(*STATE_COLUMNS), ticket).one(), WalkInIssued)


def next_number(tx: Transaction, walk_in: WalkIn) -> str:
    """Take the next number of an office, day and service; others of the same wait for the commit."""
    sequence = {"office": walk_in.office, "date": walk_in.date, "letter": LETTERS[walk_in.service]}
    return ticket_number(walk_in.service, tx.execute(_NEXT_PLACE, sequence).scalar_one())


def find(tx: Transaction, office: str, day: date, ticket_id: str) -> QueueTicketState | None:
    """Return a ticket of the day's hall, if it is there."""
    row = tx.execute(_FIND, {**_of(office, day), "wanted": ticket_id}).one_or_none()
    return None if row is None else read_state(row, QueueTicketState)


def _day(tx: Transaction, query: Select[Any], office: str, day: date) -> WalkInDay | None:
    told: sqlalchemy.Row[Any] | None = tx.execute(query, _of(office, day)).one_or_none()
    if told is None or not told.services:
        return None
    return WalkInDay(
        places=dict(zip(told.services, told.places, strict=True)),
        closes_at=told.closes_at,
        issued={row.service: row.tickets for row in tx.execute(_ISSUED, _of(office, day))},
    )


def _of(office: str, day: date) -> dict[str, Any]:
    return {"at_office": office, "today": day}
