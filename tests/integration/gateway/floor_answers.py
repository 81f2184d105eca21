"""What check-in answers about its floor, in the right form, where a test asks for everything."""

from datetime import UTC, date, datetime
from typing import Any

from contracts.requests.appointments import Appointments, ListAppointments
from contracts.requests.checkin import (
    Admission,
    CallNext,
    CloseCounter,
    Counter,
    CounterTicket,
    FinishTicket,
    GetCounter,
    MarkNoShow,
    OpenCounter,
    RecallTicket,
    ScanTicket,
)
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

_NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
_TICKET_ID = "0199a1b2-0000-7000-8000-0000000000bb"
_TICKET = CounterTicket(
    ticket_id=_TICKET_ID,
    number="A-001",
    display_name=None,
    service="new",
    state="called",
    calls=1,
    scanned_at=_NOON,
    called_at=_NOON,
    absent_from=None,
)
_ADMISSION = Admission(
    ticket_id=_TICKET_ID,
    number="A-001",
    display_name="Pak Andi",
    service="new",
    scanned_at=_NOON,
    waiting_before=0,
)


def _counter(command: Any) -> Counter:
    return Counter(
        office=command.office,
        counter=command.counter,
        state="open",
        services=("new",),
        ticket=_TICKET,
        waiting=3,
    )


FLOOR_ANSWERS: dict[type[Any], Any] = {
    ScanTicket: lambda _: _ADMISSION,
    **dict.fromkeys(
        (OpenCounter, CallNext, RecallTicket, FinishTicket, MarkNoShow, CloseCounter, GetCounter), _counter
    ),
    **dict.fromkeys((PauseCounter, ResumeCounter, RaiseEmergency, ClearEmergency), _counter),
    **dict.fromkeys((CallTicket, HoldTicket, ResumeTicket, TransferTicket, ReturnTicket, UndoLast), _counter),
    ListAppointments: lambda told: Appointments(
        office=told.office, date=told.day or date(2026, 11, 23), appointments=()
    ),
    GetFloor: lambda told: Floor(office=told.office, counters=(), waiting=(), held=(), absent=()),
    ExplainTurn: lambda told: Turn(
        number=told.number,
        service="new",
        state="waiting",
        step="service",
        steps=("service",),
        counter=None,
        place=1,
        before=(),
        counters=2,
    ),
}
