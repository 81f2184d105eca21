"""The use cases of check-in: (transaction, command or event) -> answer and events."""

from services.checkin.handlers.appointments import list_appointments
from services.checkin.handlers.bookings import remember_bookings, remember_office
from services.checkin.handlers.calls import call_next, call_ticket, recall_ticket, resume_ticket
from services.checkin.handlers.counters import (
    clear_emergency,
    close_counter,
    close_left_open,
    get_counter,
    open_counter,
    pause_counter,
    raise_emergency,
    resume_counter,
)
from services.checkin.handlers.deeds import (
    finish_ticket,
    hold_ticket,
    mark_no_show,
    return_ticket,
    transfer_ticket,
    undo_last,
)
from services.checkin.handlers.floor import explain_turn, get_floor
from services.checkin.handlers.retention import (
    forget_past_bookings,
    forget_past_queues,
    forget_person,
    forget_tombstones,
)
from services.checkin.handlers.scans import scan_tickets
from services.checkin.handlers.today import get_today

__all__ = [
    "call_next",
    "call_ticket",
    "clear_emergency",
    "close_counter",
    "close_left_open",
    "explain_turn",
    "finish_ticket",
    "forget_past_bookings",
    "forget_past_queues",
    "forget_person",
    "forget_tombstones",
    "get_counter",
    "get_floor",
    "get_today",
    "hold_ticket",
    "list_appointments",
    "mark_no_show",
    "open_counter",
    "pause_counter",
    "raise_emergency",
    "recall_ticket",
    "remember_bookings",
    "remember_office",
    "resume_counter",
    "resume_ticket",
    "return_ticket",
    "scan_tickets",
    "transfer_ticket",
    "undo_last",
]
