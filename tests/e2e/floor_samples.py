"""What an officer sees of the floor in the tests of pages: who waits, who is held, what the counters do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.hall import Step
from contracts.requests import Request
from contracts.requests.appointments import ListAppointments
from contracts.requests.checkin import (
    CallNext,
    CloseCounter,
    Counter,
    FinishTicket,
    GetCounter,
    MarkNoShow,
    OpenCounter,
    RecallTicket,
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
from contracts.requests.floor import Floor, FloorCounter, FloorTicket, GetFloor
from contracts.requests.floor_today import CallOutOfTurn, GetToday, StepToday, Today
from contracts.words import CounterStanding
from tests.e2e.appointment_samples import appointments
from tests.e2e.samples import DAY, SERVICES, counter

JOURNEY: tuple[Step, ...] = ("documents", "biometrics", "collection")
_NAMES = ("Bu Sari", "Pak Budi", "Sdri. Maria", "Pak Joko", "Bu Rina", None, "Sdr. Tigor")


def floor_ticket(
    number: str, name: str | None = "Pak Andi", *, minutes: int = 12, **changes: Any
) -> FloorTicket:
    """Return a waiting ticket that came so many minutes ago."""
    came_at = datetime.now(UTC) - timedelta(minutes=minutes)
    ticket = FloorTicket(
        ticket_id=f"ticket-{number}",
        number=number,
        display_name=name,
        service="new",
        step="service",
        steps=("service",),
        goal_minutes=15,
        priority="regular",
        origin="booking",
        state="waiting",
        counter=None,
        for_counter=None,
        calls=0,
        turn_at=came_at,
        waiting_since=came_at,
        begun_at=None,
        called_at=None,
        finished_at=None,
        note=None,
    )
    return replace(ticket, **changes)


def called_ticket(number: str, name: str | None, at: int, *, minutes: int, **changes: Any) -> FloorTicket:
    """Return a ticket that a counter called so many minutes ago."""
    called_at = datetime.now(UTC) - timedelta(minutes=minutes)
    called = {"state": "called", "counter": at, "calls": 1, "begun_at": called_at, "called_at": called_at}
    return floor_ticket(number, name, minutes=minutes + 9, **{**called, **changes})


def floor_counter(number: int, state: CounterStanding = "closed", **changes: Any) -> FloorCounter:
    """Return a counter; its officer is named where somebody sits there."""
    shown = FloorCounter(
        counter=number,
        state=state,
        services=SERVICES if state != "closed" else (),
        steps=("service",) if state != "closed" else (),
        officer=None if state == "closed" else f"officer-{number}",
        emergency_since=None,
        ticket=None,
    )
    return replace(shown, **changes)


def floor(*, waiting: int = 14, **changes: Any) -> Floor:
    """Return a calm floor of four counters."""
    queue = tuple(
        floor_ticket(f"A-{at + 13:03}", _NAMES[at % len(_NAMES)], minutes=31 - 2 * at)
        for at in range(waiting)
    )
    counters = (
        floor_counter(1, "open", ticket=called_ticket("A-012", "Pak Andi", 1, minutes=4)),
        floor_counter(2, "open", ticket=called_ticket("A-011", None, 2, minutes=21)),
        floor_counter(3, "paused"),
        floor_counter(4),
    )
    calm = Floor(office="TRK", counters=counters, waiting=queue, held=(), absent=())
    return replace(calm, **changes)


def busy_floor() -> Floor:
    """Return a floor with steps, held tickets, no-shows, and a counter that asks for help."""
    now = datetime.now(UTC)
    steps: dict[str, Any] = {"steps": JOURNEY, "step": "biometrics"}
    called = called_ticket("A-012", "Pak Andi", 1, minutes=19, priority="elderly", **steps)
    calm = floor(waiting=0)
    return replace(
        calm,
        counters=(
            floor_counter(1, "open", ticket=called),
            floor_counter(2, "open", ticket=called_ticket("A-011", None, 2, minutes=3, **steps)),
            floor_counter(3, "paused", emergency_since=now - timedelta(minutes=1)),
            floor_counter(4),
        ),
        waiting=(
            floor_ticket("A-009", "Pak Budi", minutes=44, priority="disabled", **steps),
            floor_ticket("B-004", "Bu Sari", minutes=27, for_counter=1, **steps),
            floor_ticket("A-014", None, minutes=16, **steps),
            *(floor_ticket(f"A-0{at}", "Sdri. Maria", minutes=14, **steps) for at in range(15, 21)),
            floor_ticket(
                "C-002", "Sdr. Tigor", minutes=5, service="epassport", steps=JOURNEY, step="documents"
            ),
        ),
        held=(
            floor_ticket("A-007", "Bu Rina", state="held", counter=2, note="Melengkapi berkas", **steps),
            floor_ticket("A-008", "Pak Joko", state="held", counter=1, **steps),
        ),
        absent=(floor_ticket("A-003", "Sdri. Maria", state="no_show", counter=1),),
    )


def today(*, late: int = 2, choices: int = 1) -> Today:
    """Return a day at which two steps took too long, and one number was called out of turn."""
    choice = CallOutOfTurn(
        number="A-005",
        counter=2,
        officer="head-1",
        called_at=datetime.now(UTC) - timedelta(minutes=50),
        reason="ill",
        note="Pingsan di ruang tunggu",
    )
    steps = (
        StepToday(service="new", step="service", goal_minutes=15, done=24, late=late, longest_minutes=31),
        StepToday(service="renewal", step="service", goal_minutes=10, done=7, late=0, longest_minutes=9),
    )
    return Today(office="TRK", date=DAY, served=31, steps=steps, choices=(choice,) * choices)


def at_step() -> Counter:
    """Return counter 1 with Pak Andi in the middle of his journey."""
    served = counter(1, calls=2)
    assert served.ticket is not None
    return replace(served, steps=JOURNEY, ticket=replace(served.ticket, step="biometrics", steps=JOURNEY))


def undoable(shown: Counter) -> Counter:
    """Return a counter that did something with a ticket just now."""
    return replace(shown, undo_until=datetime.now(UTC) + timedelta(seconds=10))


OF_THE_FLOOR: dict[type[Request[Any]], Callable[[Any], Any]] = {
    GetFloor: lambda _: floor(),
    GetToday: lambda _: today(),
    ListAppointments: appointments,
    GetCounter: lambda wanted: counter(wanted.counter, state="closed"),
    RecallTicket: lambda wanted: counter(wanted.counter, calls=2),
    CloseCounter: lambda wanted: counter(wanted.counter, state="closed"),
    PauseCounter: lambda wanted: counter(wanted.counter, state="paused"),
    RaiseEmergency: lambda wanted: replace(counter(wanted.counter), emergency_since=datetime.now(UTC)),
    UndoLast: lambda wanted: counter(wanted.counter, calls=1),
    **dict.fromkeys(
        (CallNext, CallTicket, ResumeTicket), lambda wanted: undoable(counter(wanted.counter, calls=1))
    ),
    **dict.fromkeys(
        (FinishTicket, MarkNoShow, HoldTicket, TransferTicket),
        lambda wanted: undoable(counter(wanted.counter)),
    ),
    **dict.fromkeys(
        (OpenCounter, ResumeCounter, ReturnTicket, ClearEmergency), lambda wanted: counter(wanted.counter)
    ),
}
"""What check-in answers to who sits at a counter, and to the head; Pak Andi is whoever is called."""
