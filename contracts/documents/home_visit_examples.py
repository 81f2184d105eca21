"""One example of every event of a visit at home: Pak Andi is ill, and the office comes on Tuesday."""

from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.events import Event, HomeVisitAnswered, HomeVisitRequested
from contracts.events.home_visit import HomeVisitState

_NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""09.00 in Tarakan (WITA)."""


def _visit(kind: type[HomeVisitState], **more: Any) -> Event:
    return kind(
        **more,
        visit_id="01a1ff5a-fe84-742f-b2cc-e89000c2d2e2",
        person_id="01a1ff5a-fe84-742f-b2cc-e87902e2a2a2",
        office="TRK",
        requested_at=_NINE - timedelta(days=4),
    )


HOME_VISITS: tuple[Event, ...] = (
    _visit(HomeVisitRequested, version=1, status="requested"),
    _visit(
        HomeVisitAnswered,
        version=2,
        status="scheduled",
        starts_at=_NINE,
        ends_at=_NINE + timedelta(hours=3),
    ),
)
