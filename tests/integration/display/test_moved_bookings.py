"""Who waited in vain, and comes again on the day to which their booking was moved."""

from dataclasses import replace
from datetime import timedelta

from contracts.requests.waiting import GetStatistics
from services.display.handlers import waiting
from tests.integration.display.hall import NOON, TODAY, Display, called, opened, scanned


def test_who_comes_again_on_another_day_is_told_a_range_of_that_day(display: Display) -> None:
    """Their booking was moved while they waited: they did not wait a day longer than they were told."""
    waited = scanned("A-001")
    display.hear(opened(1), waited)
    with display.database.transaction(now=NOON) as tx:
        waiting.tell_waits(tx)
    tomorrow = NOON + timedelta(days=1)
    again = replace(
        waited, version=5, date=TODAY + timedelta(days=1), scanned_at=tomorrow, waiting_since=tomorrow
    )
    display.hear(again, now=tomorrow)
    with display.database.transaction(now=tomorrow) as tx:
        waiting.tell_waits(tx)
    display.hear(called(again, 1, minutes=24 * 60 + 2), now=tomorrow)
    with display.database.transaction(now=tomorrow + timedelta(minutes=5)) as tx:
        waiting.write_down_days(tx)
        statistics = waiting.get_statistics(tx, GetStatistics(office="TRK"))
    (day,) = [day for day in statistics.days if day.told]
    assert (day.date, day.told, day.kept) == (again.date, 1, 1)
    assert day.mean_error_minutes is not None
    assert day.mean_error_minutes < 5
