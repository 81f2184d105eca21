"""A place is kept for Pak Andi, who waits for one."""

from datetime import UTC, datetime, timedelta

from contracts.events import WaitlistOffered

_NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""09.00 in Tarakan (WITA)."""

WAITLIST = WaitlistOffered(
    version=2,
    entry_id="01a1ff5a-fe84-742f-b2cc-e87b585d80e1",
    person_id="01a1ff5a-fe84-742f-b2cc-e87902e2a2a2",
    office="TRK",
    service="new",
    status="offered",
    starts_at=_NINE,
    ends_at=_NINE + timedelta(hours=1),
    offer_ends_at=_NINE - timedelta(hours=18),
)
