"""How many places Tarakan keeps for people who come without a booking."""

from datetime import UTC, date, datetime

from contracts.events import WalkInPlacesSet
from contracts.events.walk_in import WalkInPlaces

WALK_IN_PLACES = WalkInPlacesSet(
    version=1,
    office="TRK",
    date=date(2026, 11, 24),
    services=(
        WalkInPlaces(service="new", places=7),
        WalkInPlaces(service="renewal", places=7),
        WalkInPlaces(service="collection", places=0),
    ),
    closes_at=datetime(2026, 11, 24, 7, tzinfo=UTC),
)
