"""The use cases of check-in: (transaction, command or event) -> answer and events."""

from services.checkin.handlers.bookings import remember_bookings, remember_office
from services.checkin.handlers.counters import (
    call_next,
    close_counter,
    finish_ticket,
    get_counter,
    mark_no_show,
    open_counter,
    recall_ticket,
)
from services.checkin.handlers.retention import (
    forget_past_bookings,
    forget_past_queues,
    forget_person,
    forget_tombstones,
)
from services.checkin.handlers.scans import scan_ticket

__all__ = [
    "call_next",
    "close_counter",
    "finish_ticket",
    "forget_past_bookings",
    "forget_past_queues",
    "forget_person",
    "forget_tombstones",
    "get_counter",
    "mark_no_show",
    "open_counter",
    "recall_ticket",
    "remember_bookings",
    "remember_office",
    "scan_ticket",
]
