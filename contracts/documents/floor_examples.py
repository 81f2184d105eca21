"""Pak Andi's visit has two steps, and a neighbour without a booking waits behind him."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

from contracts.documents.walk_in_example import WALK_IN_PLACES
from contracts.events import (
    CounterPaused,
    EmergencyCleared,
    EmergencyRaised,
    Event,
    TicketHeld,
    TicketRestored,
    TicketTransferred,
    TurnNear,
    WalkInIssued,
)
from contracts.events.checkin import QueueTicketState

_NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""09.00 in Tarakan (WITA)."""

_AT_DOCUMENTS = TicketHeld(
    version=3,
    ticket_id="01a1ff5a-fe84-742f-b2cc-e87af4e5ecd5",
    office="TRK",
    date=date(2026, 11, 24),
    number="A-012",
    service="new",
    priority="regular",
    state="held",
    person_id="01a1ff5a-fe84-742f-b2cc-e87902e2a2a2",
    display_name="Pak Andi",
    counter=1,
    calls=1,
    scanned_at=_NINE - timedelta(minutes=12),
    called_at=_NINE + timedelta(minutes=3),
    finished_at=None,
    turn_at=_NINE,
    waiting_since=_NINE - timedelta(minutes=12),
    step="documents",
    steps=("documents", "biometrics"),
)


def _told(kind: type[QueueTicketState], **changes: Any) -> Event:
    told = {field.name: getattr(_AT_DOCUMENTS, field.name) for field in fields(_AT_DOCUMENTS)}
    return kind(**{**told, **changes})


_AT_BIOMETRICS: dict[str, Any] = {
    "state": "waiting",
    "step": "biometrics",
    "counter": None,
    "calls": 0,
    "called_at": None,
    "waiting_since": _NINE + timedelta(minutes=9),
}

FLOOR: tuple[Event, ...] = (
    _AT_DOCUMENTS,
    _told(TicketRestored, version=4, state="called"),
    _told(TicketTransferred, version=5, from_step="documents", from_called_at=_NINE, **_AT_BIOMETRICS),
    _told(TurnNear, version=5, before=2, **_AT_BIOMETRICS),
    _told(
        WalkInIssued,
        version=1,
        ticket_id="01a1ff5a-fe84-742f-b2cc-e87af4e5ecd6",
        number="A-013",
        state="waiting",
        person_id=None,
        display_name=None,
        counter=None,
        calls=0,
        called_at=None,
        turn_at=_NINE + timedelta(minutes=15),
        scanned_at=_NINE,
        waiting_since=_NINE,
        origin="walk_in",
    ),
    CounterPaused(
        version=3, office="TRK", counter=1, state="paused", services=("new",), steps=("documents",)
    ),
    *(
        kind(
            version=version,
            office="TRK",
            counter=1,
            state="open",
            services=("new",),
            steps=("documents",),
            emergency_since=since,
        )
        for kind, version, since in ((EmergencyRaised, 4, _NINE), (EmergencyCleared, 5, None))
    ),
    WALK_IN_PLACES,
)
