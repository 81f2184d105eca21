"""What check-in answers about its floor, in the right form, where a test asks for everything."""

from datetime import UTC, datetime
from typing import Any

from contracts.requests.checkin import Counter
from contracts.requests.counter_deeds import (
    CallTicket,
    ClearEmergency,
    HoldTicket,
    PauseCounter,
    RaiseEmergency,
    ResumeCounter,
    ResumeTicket,
    ReturnTicket,
    TransferTicket,
    UndoLast,
)
from contracts.requests.floor import ExplainTurn, Floor, GetFloor, Turn


def _counter(command: Any) -> Counter:
    return Counter(
        office=command.office,
        counter=command.counter,
        state="open",
        services=("new",),
        ticket=None,
        waiting=3,
    )


FLOOR_ANSWERS: dict[type[Any], Any] = {
    **dict.fromkeys((PauseCounter, ResumeCounter, RaiseEmergency, ClearEmergency), _counter),
    **dict.fromkeys((CallTicket, HoldTicket, ResumeTicket, TransferTicket, ReturnTicket, UndoLast), _counter),
    GetFloor: lambda told: Floor(office=told.office, counters=(), waiting=(), held=(), absent=()),
    ExplainTurn: lambda told: Turn(
        number=told.number,
        service="new",
        state="waiting",
        step="service",
        steps=("service",),
        counter=None,
        turn_at=datetime(2026, 11, 24, 1, 0, tzinfo=UTC),
        rules=("appointment",),
        place=1,
        before=(),
        counters=2,
    ),
}
