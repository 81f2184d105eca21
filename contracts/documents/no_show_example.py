"""Pak Andi did not come for the second time, and waits two weeks."""

from datetime import UTC, date, datetime

from contracts.events import NoShowCounted

NO_SHOW = NoShowCounted(
    version=1795482000000,
    booking_id="01a1ff5a-fe84-742f-b2cc-e87af4e5ecd5",
    code="TRK-7K3M9P",
    person_id="01a1ff5a-fe84-742f-b2cc-e87902e2a2a2",
    office="TRK",
    starts_at=datetime(2026, 11, 24, 1, 0, tzinfo=UTC),
    missed=2,
    after=2,
    within_days=90,
    wait_days=14,
    book_from=date(2026, 12, 8),
)
