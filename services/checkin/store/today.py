"""What an office's counters did today, counted."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, cast, func, select

from chassis.database import Transaction
from contracts.hall import Step
from contracts.requests.floor_today import CallOutOfTurn
from contracts.words import ServiceCode
from services.checkin.domain.office import Office
from services.checkin.store.tables import call_choice, queue_ticket, step_record

_MINUTES = cast(
    func.floor(func.extract("epoch", step_record.c.finished_at - step_record.c.called_at) / 60), Integer
)
_DONE: Select[Any] = (
    select(step_record.c.service, step_record.c.step, _MINUTES.label("minutes"), func.count().label("done"))
    .where(
        step_record.c.office == bindparam("at_office"),
        step_record.c.date == bindparam("today"),
        step_record.c.outcome != "no_show",
    )
    .group_by(step_record.c.service, step_record.c.step, _MINUTES)
)
_SERVED = select(func.count()).where(
    queue_ticket.c.office == bindparam("at_office"),
    queue_ticket.c.date == bindparam("today"),
    queue_ticket.c.state == "served",
)
_CHOICES: Select[Any] = (
    select(
        queue_ticket.c.number,
        call_choice.c.counter,
        call_choice.c.officer,
        call_choice.c.called_at,
        call_choice.c.reason,
        call_choice.c.note,
    )
    .join(queue_ticket, queue_ticket.c.ticket_id == call_choice.c.ticket_id)
    .where(call_choice.c.office == bindparam("at_office"), call_choice.c.date == bindparam("today"))
    .order_by(call_choice.c.called_at.desc())
)


class StepsDone(NamedTuple):
    """How often a service's step took so many whole minutes."""

    service: ServiceCode
    step: Step
    minutes: int
    done: int


def steps_done(tx: Transaction, office: Office) -> Sequence[StepsDone]:
    """Count the steps that counters were done with, by how long they took; no-shows are none."""
    return [StepsDone(**row._mapping) for row in tx.execute(_DONE, _of(tx, office))]


def count_served(tx: Transaction, office: Office) -> int:
    """Count the visits that are over."""
    return int(tx.execute(_SERVED, _of(tx, office)).scalar_one())


def choices(tx: Transaction, office: Office) -> tuple[CallOutOfTurn, ...]:
    """Return the calls out of turn, the newest first."""
    return tuple(CallOutOfTurn(**row._mapping) for row in tx.execute(_CHOICES, _of(tx, office)))


def _of(tx: Transaction, office: Office) -> dict[str, Any]:
    return {"at_office": office.code, "today": office.today(tx.now)}
