"""Plans of the Tarakan office, and what tests ask before and after they are applied."""

from datetime import date, datetime, timedelta
from typing import Any

from contracts.events import Event
from contracts.office_plan import OfficePlan
from contracts.requests.booking import Booking, ListSlots
from contracts.schema import load
from services.booking.handlers import slots
from services.booking.handlers.plans import Applied, apply_plan
from tests.integration.booking.desk import NOW, TODAY, Desk

TOMORROW = TODAY + timedelta(days=1)
WEEK = [
    {
        "days": ["monday", "tuesday", "wednesday", "thursday"],
        "open": "08.00-16.00",
        "breaks": ["12.00-13.00"],
    },
    {"days": ["friday"], "open": "08.00-16.00", "breaks": ["11.30-13.00"]},
]


def plan(**changes: Any) -> OfficePlan:
    """Office hours, with changes."""
    data = {
        "office": "TRK",
        "services": ["new", "renewal"],
        "counters": 4,
        "hours": [{"valid_from": "2026-01-01", "week": WEEK}],
        **changes,
    }
    return load(OfficePlan, data)


def closed(day: date, **more: str) -> OfficePlan:
    """Office hours, and a closure."""
    return plan(closures=[{"from_date": str(day), "reason": "Pemadaman listrik", **more}])


def apply(desk: Desk, changed: OfficePlan, *, now: datetime = NOW) -> Applied:
    """Put a plan into effect."""
    return desk.do(apply_plan, changed, now=now)


def slot_ids(desk: Desk, day: date = TOMORROW, *, now: datetime = NOW) -> list[str]:
    """A day's slots for a new passport, in order: 8 9 10 11 13 14 15."""
    query = ListSlots(office="TRK", for_service="new", date=day)
    return [slot.slot_id for slot in desk.do(slots.list_slots, query, now=now).slots]


def about(desk: Desk, *kinds: type[Event]) -> list[Event]:
    """Take the events of some kinds that were committed since the last look."""
    return [event for event in desk.heard() if isinstance(event, kinds)]


def booked(desk: Desk, at: int = 0, day: date = TOMORROW) -> tuple[str, Booking]:
    """Let somebody book a slot of a day."""
    person = desk.person()
    return person, desk.book(person, slot_ids(desk, day)[at])
