"""What booking keeps, and the SQL that reads and writes it."""

from services.booking.store import (
    assistance,
    audit,
    calendar_tables,
    daily_tries,
    device_tables,
    home_visits,
    identity_tables,
    payment_tables,
    travel_tables,
    visit_tables,
    waitlist_tables,
)
from services.booking.store.tables import metadata

__all__ = [
    "assistance",
    "audit",
    "calendar_tables",
    "daily_tries",
    "device_tables",
    "home_visits",
    "identity_tables",
    "metadata",
    "payment_tables",
    "travel_tables",
    "visit_tables",
    "waitlist_tables",
]
