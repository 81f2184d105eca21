"""How long counters had tickets before them: kept from the events in which that ended."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from operator import attrgetter

from sqlalchemy import ARRAY, Text, bindparam, delete, extract, func, select, text
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from chassis.recordset import recordset, rows_of
from contracts.events import TicketTransferred
from contracts.events.checkin import QueueTicketState
from services.display.domain.service_times import (
    LATEST_KEPT,
    LONGEST_SECONDS,
    SHORTEST_SECONDS,
    Measured,
    Stage,
)
from services.display.store.measured_tables import service_time

_OF_STAY = ("office", "service", "step", "finished_at", "version")
_STAYS = recordset(
    "stays", (service_time.c[name] for name in ("ticket_id", "called_at", *_OF_STAY)), name="told"
)
_INCOMING = insert(service_time).from_select(
    ["ticket_id", "called_at", *_OF_STAY],
    select(*_STAYS.c).order_by(_STAYS.c.ticket_id, _STAYS.c.called_at),
)
_REMEMBER = _INCOMING.on_conflict_do_update(
    constraint=service_time.primary_key,
    set_={name: _INCOMING.excluded[name] for name in _OF_STAY},
    where=service_time.c.version < _INCOMING.excluded.version,
)
_SECONDS = func.greatest(
    SHORTEST_SECONDS,
    func.least(LONGEST_SECONDS, extract("epoch", service_time.c.finished_at - service_time.c.called_at)),
)
_MEASURED = (
    select(
        service_time.c.office,
        service_time.c.service,
        service_time.c.step,
        func.count().label("tickets"),
        func.avg(_SECONDS).label("mean_seconds"),
        func.var_pop(_SECONDS).label("variance"),
    )
    .where(service_time.c.office == func.any(bindparam("offices", type_=ARRAY(Text))))
    .group_by(service_time.c.office, service_time.c.service, service_time.c.step)
)
_FORGET_OLD = delete(service_time).where(service_time.c.finished_at < bindparam("before"))
_FORGET_MORE = text("""
    DELETE FROM service_time USING (
        SELECT ticket_id, called_at, row_number() OVER (
            PARTITION BY office, service, step ORDER BY finished_at DESC, ticket_id, called_at
        ) AS place FROM service_time
    ) AS placed
    WHERE service_time.ticket_id = placed.ticket_id AND service_time.called_at = placed.called_at
      AND placed.place > :most
""")


def remember(tx: Transaction, events: Sequence[QueueTicketState]) -> None:
    """Keep how long counters had tickets before them, where that is over; a call costs nothing here.

    Who did not come took the counter's time too, and so did who was sent elsewhere. A ticket that is called
    once more gets a row of its own.
    """
    stays = {
        (stay["ticket_id"], stay["called_at"]): stay
        for event in sorted(events, key=attrgetter("version"))
        for stay in _stay(event)
    }
    if stays:
        tx.execute(_REMEMBER, {"stays": rows_of(stays.values())})


def _stay(event: QueueTicketState) -> Iterator[dict[str, object]]:
    step, called_at, finished_at = event.step, event.called_at, event.finished_at
    if isinstance(event, TicketTransferred) and event.from_step is not None:
        step, called_at, finished_at = event.from_step, event.from_called_at, event.waiting_since
    if called_at is not None and finished_at is not None:
        yield {
            "ticket_id": event.ticket_id,
            "called_at": called_at,
            "office": event.office,
            "service": event.service,
            "step": step,
            "finished_at": finished_at,
            "version": event.version,
        }


def measured(tx: Transaction, offices: Sequence[str]) -> Mapping[str, Sequence[Measured]]:
    """Return the moments of each office's latest service times, by office."""
    found: dict[str, list[Measured]] = {office: [] for office in offices}
    for row in tx.execute(_MEASURED, {"offices": list(offices)}):
        found[row.office].append(
            Measured(
                stage=Stage(row.service, row.step),
                tickets=row.tickets,
                mean_seconds=float(row.mean_seconds),
                variance=float(row.variance),
            )
        )
    return found


def forget(tx: Transaction, *, before: datetime) -> None:
    """Drop what ended before then, and of each office, service and step all but the latest."""
    tx.execute(_FORGET_OLD, {"before": before})
    tx.execute(_FORGET_MORE, {"most": LATEST_KEPT})
