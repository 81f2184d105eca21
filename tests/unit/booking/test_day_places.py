"""What anybody sees of a day's slots, and until when the clock leaves it so."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.events.availability import SlotPlaces
from services.booking.domain.day_places import DaySlot, changes_at, given_out

NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
RELEASED = NINE - timedelta(days=14)


def _slot(
    starts_at: datetime = NINE, *, protected_until: datetime | None = None, begins_visit: bool = True
) -> DaySlot:
    places = SlotPlaces(
        slot_id=f"{starts_at:%H}", starts_at=starts_at, ends_at=starts_at + HOUR, capacity=6, places_left=6
    )
    return DaySlot(
        places=places,
        released_at=RELEASED,
        sell_until=starts_at,
        protected_until=protected_until,
        begins_visit=begins_visit,
    )


@pytest.mark.parametrize(
    ("now", "seen", "until"),
    [
        (RELEASED - HOUR, [], RELEASED),
        (RELEASED, ["01", "02"], NINE - 6 * HOUR),
        (NINE - 6 * HOUR, ["01", "02"], NINE),
        (NINE, ["02"], NINE + HOUR),
        (NINE + HOUR, [], None),
    ],
)
def test_the_clock_releases_slots_frees_what_was_kept_and_ends_the_sale(
    now: datetime, seen: list[str], until: datetime | None
) -> None:
    """At each of these instants, and at no other, what is seen changes by itself."""
    slots = (_slot(protected_until=NINE - 6 * HOUR), _slot(NINE + HOUR))
    assert [slot.slot_id for slot in given_out(slots, now)] == seen
    assert changes_at(slots, now) == until


def test_where_no_visit_can_begin_there_is_nothing_to_see() -> None:
    """But the places that it keeps are those of the visits of which it is a part."""
    later = _slot(NINE + HOUR, begins_visit=False, protected_until=NINE - HOUR)
    assert given_out([later], RELEASED) == ()
    assert changes_at([later], RELEASED) == NINE - HOUR
    assert changes_at([later], NINE) is None
