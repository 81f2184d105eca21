"""What counters did, kept for the office's reports and for the officer who errs."""

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update

from chassis.database import Transaction
from chassis.recordset import recordset, rows_of
from contracts.requests.counter_deeds import CallTicket
from services.checkin.domain.counter import Counter, Deed
from services.checkin.domain.queue_ticket import QueueTicket
from services.checkin.store.tables import call_choice, counter, step_record

_DONE = recordset("step_done", step_record.c, name="done")
_KEEP_STEP = insert(step_record).from_select([column.name for column in step_record.c], select(*_DONE.c))
_KEEP_CHOICE = insert(call_choice)
_FORGET_STEP = delete(step_record).where(
    step_record.c.ticket_id == bindparam("wanted"), step_record.c.finished_at == bindparam("ended_at")
)
_FORGET_CHOICE = delete(call_choice).where(
    call_choice.c.ticket_id == bindparam("wanted"), call_choice.c.called_at == bindparam("made_at")
)
_NOTE = (
    update(counter)
    .where(counter.c.office == bindparam("at_office"), counter.c.number == bindparam("at_number"))
    .values(deed_ticket=bindparam("with_ticket"), deed_at=bindparam("at"), used_at=bindparam("noted_at"))
)


def keep_step(
    tx: Transaction, counter: Counter, ticket: QueueTicket, *, officer: str, outcome: str, note: str | None
) -> None:
    """Keep how long a ticket waited for the step that a counter is done with, and how long that took."""
    step = {name: getattr(ticket, name) for name in ("ticket_id", "step", "office", "date", "service")}
    done = {
        **step,
        "counter": counter.number,
        "officer": officer,
        "waiting_since": ticket.waiting_since,
        "called_at": ticket.begun_at,
        "finished_at": tx.now,
        "outcome": outcome,
        "note": note,
    }
    tx.write(_KEEP_STEP, {"step_done": rows_of([done])})


def forget_step(tx: Transaction, ticket_id: str, finished_at: datetime) -> None:
    """Drop a step that a counter is not done with after all."""
    tx.execute(_FORGET_STEP, {"wanted": ticket_id, "ended_at": finished_at})


def keep_choice(tx: Transaction, ticket: QueueTicket, command: CallTicket) -> None:
    """Keep who called a ticket out of its turn, and why."""
    tx.execute(
        _KEEP_CHOICE,
        {
            "ticket_id": ticket.ticket_id,
            "called_at": tx.now,
            "office": ticket.office,
            "date": ticket.date,
            "counter": command.counter,
            "officer": command.officer,
            "reason": command.reason,
            "note": command.note,
        },
    )


def forget_choice(tx: Transaction, ticket_id: str, called_at: datetime) -> None:
    """Drop a call out of turn that was none after all."""
    tx.execute(_FORGET_CHOICE, {"wanted": ticket_id, "made_at": called_at})


def note(tx: Transaction, counter: Counter, deed: Deed | None) -> None:
    """Keep what a locked counter did last with a ticket; None when nothing is to be undone."""
    tx.write(
        _NOTE,
        {
            "at_office": counter.office.code,
            "at_number": counter.number,
            "with_ticket": None if deed is None else deed.ticket_id,
            "at": None if deed is None else deed.at,
            "noted_at": tx.now,
        },
    )
