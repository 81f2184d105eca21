"""Events as other services would send them, with the parts that a test cares about."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from contracts.events import (
    BookingAffected,
    BookingCancelled,
    BookingReinstated,
    BookingRescheduled,
    ContactChanged,
    CounterCalled,
    OfficeChanged,
    SlotBooked,
    TicketRestored,
    TicketScanned,
    TurnNear,
    WaitlistOffered,
)

NOW = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
PERSON = "01976a00-0000-7000-8000-000000000001"
ENTRY = "01976a00-0000-7000-8000-0000000000e1"
BOOKING = "01976a00-0000-7000-8000-0000000000b1"


def slot_booked(**changes: Any) -> SlotBooked:
    """A booking at Tarakan on a Monday at 09.00 WITA, which is 01.00 UTC."""
    event = SlotBooked(
        version=1,
        booking_id=BOOKING,
        code="TRK-7KQ2MX",
        person_id=PERSON,
        display_name="Pak Andi",
        office="TRK",
        service="new",
        priority="regular",
        date=date(2026, 11, 23),
        starts_at=datetime(2026, 11, 23, 1, tzinfo=UTC),
        ends_at=datetime(2026, 11, 23, 2, tzinfo=UTC),
        status="booked",
    )
    return replace(event, **changes)


def booking_cancelled(**changes: Any) -> BookingCancelled:
    """The same booking, given up."""
    return BookingCancelled(**{**_booking(), "version": 2, "status": "cancelled", **changes})


def booking_affected(**changes: Any) -> BookingAffected:
    """The same booking, on a day on which the office will be shut."""
    outage = {"version": 2, "cause": "closed", "note": "Pemadaman listrik"}
    return BookingAffected(**{**_booking(), **outage, **changes})


def booking_reinstated(**changes: Any) -> BookingReinstated:
    """The same booking, which can be kept after all."""
    return BookingReinstated(**{**_booking(), "version": 3, **changes})


def booking_rescheduled(**changes: Any) -> BookingRescheduled:
    """The same booking, which was on the Friday before at 10.00 WITA."""
    moved = {
        "version": 2,
        "previous_date": date(2026, 11, 20),
        "previous_starts_at": datetime(2026, 11, 20, 2, tzinfo=UTC),
    }
    return BookingRescheduled(**{**_booking(), **moved, **changes})


def waitlist_offered(**changes: Any) -> WaitlistOffered:
    """A place at the same hour, kept for two hours."""
    event = WaitlistOffered(
        version=2,
        entry_id=ENTRY,
        person_id=PERSON,
        office="TRK",
        service="new",
        status="offered",
        starts_at=datetime(2026, 11, 24, 1, tzinfo=UTC),
        ends_at=datetime(2026, 11, 24, 2, tzinfo=UTC),
        offer_ends_at=NOW + timedelta(hours=2),
    )
    return replace(event, **changes)


def _booking() -> dict[str, Any]:
    booked = slot_booked()
    return {field.name: getattr(booked, field.name) for field in fields(booked)}


def ticket_scanned(**changes: Any) -> TicketScanned:
    """The booking's ticket, admitted as A-012."""
    return TicketScanned(**{**_ticket(), **changes})


def counter_called(**changes: Any) -> CounterCalled:
    """The ticket, called to counter 1 ten minutes later, and again every twenty seconds."""
    calls: int = changes.get("calls", 1)
    called = {
        "version": 2,
        "state": "called",
        "counter": 1,
        "calls": calls,
        "called_at": NOW + timedelta(minutes=10, seconds=20 * (calls - 1)),
    }
    return CounterCalled(**{**_ticket(), **called, **changes})


def call_undone(**changes: Any) -> TicketRestored:
    """The ticket waits as before its call."""
    return TicketRestored(**{**_ticket(), "version": 3, **changes})


def turn_near(**changes: Any) -> TurnNear:
    """The ticket, with three before it."""
    return TurnNear(**{**_ticket(), "before": 3, **changes})


def contact_changed(**changes: Any) -> ContactChanged:
    """How to reach the person of the booking."""
    event = ContactChanged(
        version=1,
        person_id=PERSON,
        display_name="Pak Andi",
        phone="+6281234567890",
        email="andi@example.com",
        locale="id",
    )
    return replace(event, **changes)


def office_changed(**changes: Any) -> OfficeChanged:
    """The office of the booking."""
    event = OfficeChanged(
        version=1,
        office="TRK",
        name="Kantor Imigrasi Kelas II TPI Tarakan",
        office_class="II",
        city="Tarakan",
        province="Kalimantan Utara",
        timezone="Asia/Makassar",
        status="live",
        services=("new",),
        counters=4,
    )
    return replace(event, **changes)


def _ticket() -> dict[str, Any]:
    return {
        "version": 1,
        "ticket_id": BOOKING,
        "office": "TRK",
        "date": date(2026, 11, 23),
        "number": "A-012",
        "service": "new",
        "priority": "regular",
        "state": "waiting",
        "person_id": PERSON,
        "display_name": "Pak Andi",
        "counter": None,
        "calls": 0,
        "scanned_at": NOW,
        "turn_at": NOW,
        "waiting_since": NOW,
        "called_at": None,
        "finished_at": None,
    }
