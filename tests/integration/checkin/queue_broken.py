"""Rules of check-in, each broken in one way: the state machine must notice every one."""

from dataclasses import replace
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import func, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from services.checkin.domain import queue_ticket
from services.checkin.domain.policy import turn_of
from services.checkin.domain.queue_ticket import finished, transferred
from services.checkin.domain.walk_in import WalkInDay
from services.checkin.handlers import walk_ins
from services.checkin.store import arrivals, calls, counters, hall_tickets, line, near, queue, records, tables
from services.checkin.store import walk_ins as walk_in_store
from services.checkin.store.tables import walk_in_day
from tests.integration.checkin.queue_model import EVERY_STEP, LONG, SERVICES

_of_counter, _put, _put_emergency = queue.of_counter, counters.put, counters.put_emergency
_keep_step, _take_places, _tell = records.keep_step, arrivals.take_places, near.tell

_INCOMING = insert(walk_in_day)
_ANY_PLAN = _INCOMING.on_conflict_do_update(
    constraint=walk_in_day.primary_key,
    set_={name: _INCOMING.excluded[name] for name in ("services", "places")},
)


def _calls_any_step(*counter: Any) -> dict[str, Any]:
    return {**_of_counter(*counter), "at_steps": list(EVERY_STEP)}


def _calls_any_service(*counter: Any) -> dict[str, Any]:
    return {**_of_counter(*counter), "offered": list(SERVICES)}


def _booked_turn(**told: Any) -> Any:
    return turn_of(**{**told, "origin": "booking"})


def _over_after_one(ticket: Any, **how: Any) -> Any:
    return finished(replace(ticket, steps=(ticket.step,)), **how)


def _starts_anew(ticket: Any, **how: Any) -> Any:
    after = finished(ticket, **how)
    return replace(after, step=ticket.steps[0]) if after.state == "waiting" else after


def _in_long_order(ticket: Any, **how: Any) -> Any:
    """Send a visit on by another journey than its own."""
    order = [*LONG[ticket.service], *ticket.steps]
    return finished(replace(ticket, steps=tuple(sorted(ticket.steps, key=order.index))), **how)


def _stays_at_step(ticket: Any, **where: Any) -> Any:
    return transferred(ticket, **{**where, "step": ticket.step})


def _to_all_counters(ticket: Any, **where: Any) -> Any:
    return transferred(ticket, **{**where, "counter": None})


def _pushed_behind(ticket: Any, **where: Any) -> Any:
    return replace(transferred(ticket, **where), turn_at=where["now"])


def _help_forgotten(tx: Any, counter: Any, officer: str) -> int:
    return _put(tx, replace(counter, emergency_since=None), officer)


def _help_calls_off(tx: Any, counter: Any) -> int:
    """Let the alarm send the ticket before the counter away."""
    ticket = hall_tickets.present(tx, counter)
    if ticket is not None:
        hall_tickets.keep(tx, queue_ticket.held(ticket, officer="officer", note=None))
    return _put_emergency(tx, counter)


def _half_done(tx: Any, *told: Any, **more: Any) -> None:
    _keep_step(tx, *told, **more)
    tx.connection.commit()


def _number_spent(tx: Any, newcomers: Any) -> Any:
    places = _take_places(tx, newcomers)
    tx.connection.commit()
    return places


def _own_service_alone(tx: Any, ticket_id: str) -> int:
    own, other = tables.queue_ticket.alias(), tables.queue_ticket.alias()
    same = (other.c[name].is_not_distinct_from(own.c[name]) for name in ("service", "step", "for_counter"))
    earlier = tuple_(other.c.turn_at, other.c.scanned_at) < tuple_(own.c.turn_at, own.c.scanned_at)
    before = select(func.count()).where(
        own.c.ticket_id == ticket_id, other.c.state == "waiting", earlier, *same
    )
    return int(tx.execute(before).scalar_one())


def _told_of_own_service_alone(tx: Any, such: Any, **few: Any) -> Any:
    return [(ticket, before) for ticket, before in _tell(tx, such, **few) if ticket.service == such.service]


BROKEN: Final[list[tuple[str, object, str, object]]] = [
    ("a deed is not kept", hall_tickets, "keep", lambda _, ticket: ticket),
    ("a deed is not noted", records, "note", lambda *_: None),
    ("undo restores nothing", queue_ticket, "restored", lambda ticket: ticket),
    ("a counter calls for any step", calls, "of_counter", _calls_any_step),
    ("a counter calls for any service", calls, "of_counter", _calls_any_service),
    ("a walk-in has the turn of an appointment", walk_ins, "turn_of", _booked_turn),
    ("walk-ins are not counted", WalkInDay, "require_place", lambda *_: None),
    ("an old plan counts", walk_in_store, "_REMEMBER", _ANY_PLAN),
    ("each tap takes a place", walk_ins, "walk_in_ticket_id", lambda **_: str(uuid4())),
    ("the first step ends a visit", queue_ticket, "finished", _over_after_one),
    ("each step leads to the first", queue_ticket, "finished", _starts_anew),
    ("a visit goes on by the journeys of others", queue_ticket, "finished", _in_long_order),
    ("a transfer stays at its step", queue_ticket, "transferred", _stays_at_step),
    ("a transfer is for all counters", queue_ticket, "transferred", _to_all_counters),
    ("a transfer loses its turn", queue_ticket, "transferred", _pushed_behind),
    ("who is before is counted by service alone", line, "count_before", _own_service_alone),
    ("a turn is near in the called service alone", near, "tell", _told_of_own_service_alone),
    ("help is not kept", counters, "put_emergency", lambda *_: 2),
    ("a pause forgets that help is needed", counters, "put", _help_forgotten),
    ("an alarm takes the ticket away", counters, "put_emergency", _help_calls_off),
    ("a crash leaves half a deed", records, "keep_step", _half_done),
    ("a crash leaves a gap in the numbers", arrivals, "take_places", _number_spent),
]
"""What is broken: where, under which name, and by what."""
