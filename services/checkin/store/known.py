"""What is known of tickets as they are held to readers: their bookings, their offices, who is in the halls.

    signed ticket ─▶ expected_ticket, made or locked ─┐
    typed code ────▶ expected_ticket, locked ─────────┴─▶ with its offices and its queue_ticket: one statement

A statement sees what was committed before it began, and newer only of rows that it waited for. So of two
readers with one ticket the second finds nobody in the hall; it then meets the first one's row
(`arrivals.admit`) and is decided anew (`chassis.database_errors.came_second`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

import sqlalchemy
from sqlalchemy import ARRAY, CTE, Integer, Select, Text, bindparam, column, func, select, true
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from chassis.recordset import recordset, rows_of
from contracts.ticket import Ticket
from services.checkin.domain.arrival import Presence
from services.checkin.domain.office import Office
from services.checkin.domain.visit import Visit, newest_visit, visit_of_ticket
from services.checkin.store.arrivals import LEFT_BEHIND
from services.checkin.store.line import count_before
from services.checkin.store.offices import of_row
from services.checkin.store.tables import expected_ticket, office, queue_ticket

_VISIT = tuple(field.name for field in fields(Visit))
_IN_HALL = ("date", "number", "state", "counter", "no_shows")
_BY_TICKET = tuple(name for name in _VISIT if name not in ("person_id", "display_name", "is_far"))
_SEEN = recordset("seen", (expected_ticket.c[name] for name in _BY_TICKET), name="seen")
_UNHEARD = insert(expected_ticket).from_select([*_BY_TICKET], select(*_SEEN.c).order_by(_SEEN.c.booking_id))
# An update that changes nothing: unlike DO NOTHING it locks the row, and it returns it.
_EXPECTED = (
    _UNHEARD.on_conflict_do_update(
        index_elements=[expected_ticket.c.booking_id], set_={"version": expected_ticket.c.version}
    )
    .returning(expected_ticket)
    .cte("booked")
)
_OF_CODES = (
    select(expected_ticket)
    .where(expected_ticket.c.code == func.any(bindparam("codes", type_=ARRAY(Text))))
    .order_by(expected_ticket.c.booking_id)
    .with_for_update()
    .cte("booked")
)


def looking(booked: CTE, key: str) -> Select[Any]:
    """Write the look at scans whose bookings are these: a row for each office that a scan is about."""
    scans = recordset(
        "scans",
        (column("at", Integer), expected_ticket.c[key], column("here", Text), column("told", Text)),
        name="scans",
    )
    # The limit lets it be found by its key, however few tickets the plan was made for.
    there = select(queue_ticket).where(queue_ticket.c.ticket_id == booked.c.booking_id).limit(1).lateral()
    return select(
        scans.c.at,
        *office.c,
        *(booked.c[name].label(f"booked_{name}") for name in _VISIT),
        *(there.c[name].label(f"hall_{name}") for name in _IN_HALL),
    ).select_from(
        scans.join(booked, booked.c[key] == scans.c[key])
        .outerjoin(office, office.c.code.in_([scans.c.here, scans.c.told, booked.c.office]))
        .outerjoin(there, true())
    )


_LOOK_BY_TICKET = looking(_EXPECTED, "booking_id")
_LOOK_BY_CODE = looking(_OF_CODES, "code")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What was held to a reader of an office: a signed ticket, or the code that was typed there."""

    said: Ticket | str
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What booking and ticket together say of a visit, and what the halls do; offices as far as known.

    `was_left_behind` of who waited on a day before, or did not come when called: the booking was moved since.
    """

    visit: Visit
    presence: Presence | None
    was_left_behind: bool
    here: Office | None
    booked_office: Office | None


def look(tx: Transaction, scans: Mapping[int, Scan]) -> dict[int, Known]:
    """Lock the bookings of scans and tell what is known of each; of a code that is nobody's, nothing.

    A ticket never heard of is kept as it tells itself. A booking's event that comes at the same moment waits
    for this transaction, and then finds the ticket in the hall. The rows are locked in the order of ids. A
    counter may call meanwhile who is there.
    """
    tickets = {at: scan.said for at, scan in scans.items() if isinstance(scan.said, Ticket)}
    codes = {at: scan.said for at, scan in scans.items() if isinstance(scan.said, str)}
    found: dict[int, list[sqlalchemy.Row[Any]]] = defaultdict(list)
    for row in (*_of_tickets(tx, tickets, scans), *_of_codes(tx, codes, scans)):
        found[row.at].append(row)
    return {at: _known(tx, scans[at], found[at]) for at in sorted(found)}


def _of_tickets(
    tx: Transaction, tickets: Mapping[int, Ticket], scans: Mapping[int, Scan]
) -> Iterable[sqlalchemy.Row[Any]]:
    if not tickets:
        return ()
    newest = {ticket.booking_id: ticket for ticket in sorted(tickets.values(), key=attrgetter("version"))}
    looked = [
        {"at": at, "booking_id": ticket.booking_id, "here": scans[at].office, "told": ticket.office}
        for at, ticket in tickets.items()
    ]
    told = {
        "seen": rows_of(_seen(ticket) for ticket in newest.values()),
        "scans": rows_of(looked),
    }
    return tx.execute(_LOOK_BY_TICKET, told)


def _seen(ticket: Ticket) -> dict[str, object]:
    visit = visit_of_ticket(ticket)
    return {name: getattr(visit, name) for name in _BY_TICKET}


def _of_codes(
    tx: Transaction, codes: Mapping[int, str], scans: Mapping[int, Scan]
) -> Iterable[sqlalchemy.Row[Any]]:
    if not codes:
        return ()
    looked = rows_of({"at": at, "code": code, "here": scans[at].office} for at, code in codes.items())
    return tx.execute(_LOOK_BY_CODE, {"codes": list(codes.values()), "scans": looked})


def _known(tx: Transaction, scan: Scan, rows: Sequence[sqlalchemy.Row[Any]]) -> Known:
    """Read the rows of one scan, which differ in their offices only."""
    row, offices = rows[0], {row.code: of_row(row) for row in rows if row.code is not None}
    booked = Visit(**{name: getattr(row, f"booked_{name}") for name in _VISIT})
    visit = newest_visit(booked, scan.said) if isinstance(scan.said, Ticket) else booked
    was_left_behind = row.hall_state in LEFT_BEHIND and row.hall_date < visit.date
    return Known(
        visit=visit,
        presence=None if row.hall_state is None or was_left_behind else _presence(tx, row),
        was_left_behind=was_left_behind,
        here=offices.get(scan.office),
        booked_office=offices.get(visit.office),
    )


def _presence(tx: Transaction, row: sqlalchemy.Row[Any]) -> Presence:
    return Presence(
        number=row.hall_number,
        state=row.hall_state,
        counter=row.hall_counter,
        no_shows=row.hall_no_shows,
        waiting_before=count_before(tx, row.booked_booking_id) if row.hall_state == "waiting" else 0,
    )
