"""A request for a visit at home, and what can become of it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from services.booking.domain.home_visit import HomeVisit, window_on

TARAKAN = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
VISIT = HomeVisit(
    visit_id="v", person_id="p", asker_id="p", office="TRK", status="requested", version=1, requested_at=NOW
)


def test_a_window_is_of_the_offices_own_clock() -> None:
    """Midnight at its end is the beginning of the next day."""
    starts_at, ends_at = window_on(date(2026, 11, 24), "09.30-24.00", TARAKAN)
    assert (starts_at, ends_at) == (
        datetime(2026, 11, 24, 1, 30, tzinfo=UTC),
        datetime(2026, 11, 24, 16, tzinfo=UTC),
    )


def test_a_visit_is_done_once_its_time_has_begun() -> None:
    """Not before, and not without one."""
    planned = VISIT.scheduled(NOW, NOW + timedelta(hours=2))
    assert not VISIT.can_be_done(NOW)
    assert not planned.can_be_done(NOW - timedelta(seconds=1))
    assert planned.can_be_done(NOW)


def test_every_change_counts_and_what_is_over_says_when() -> None:
    """A declined one has no time any more; a done one keeps it."""
    planned = VISIT.scheduled(NOW, NOW + timedelta(hours=2))
    ends = (planned.done(NOW), planned.declined("no_team", NOW), planned.withdrawn(NOW))
    assert [(one.version, one.is_open, one.closed_at) for one in ends] == [(3, False, NOW)] * 3
    assert [one.starts_at for one in ends] == [NOW, None, NOW]
    assert (VISIT.is_open, planned.is_open, planned.closed_at) == (True, True, None)
