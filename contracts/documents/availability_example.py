"""The example of how many places are left: the hour of Pak Andi's visit, on its day."""

from datetime import UTC, date, datetime, timedelta

from contracts.events import AvailabilityChanged
from contracts.events.availability import SlotPlaces

_NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""09.00 in Tarakan (WITA)."""

AVAILABILITY = AvailabilityChanged(
    version=48_231,
    office="TRK",
    service="new",
    date=date(2026, 11, 24),
    slots=(
        SlotPlaces(
            slot_id="0b0d9d1c-8d6e-4c1c-9a53-1c7e3a5d2f10",
            starts_at=_NINE,
            ends_at=_NINE + timedelta(hours=1),
            capacity=6,
            places_left=2,
            priority_places_left=3,
        ),
    ),
    changes_at=_NINE,
    prepaid_amount=350_000,
    hold_minutes=120,
)
