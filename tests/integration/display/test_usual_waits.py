"""What is usual at an office: its waits by hour, its counters by half hour, its latest service times."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from chassis.database import Transaction
from services.display.handlers import waiting
from services.display.store import service_times
from services.display.store.measured_tables import counter_rhythm, service_time
from tests.integration.display.hall import NOON, Display, called, closed, opened, scanned, served


def test_usual_waits_are_those_of_four_weeks_by_hour(display: Display) -> None:
    """In the office's own time: who came at nine, and at noon."""
    for place in range(1, 11):
        display.hear(called(scanned(f"A-{place:03d}"), 1, minutes=place))
        morning = scanned(f"B-{place:03d}", scanned_at=NOON - timedelta(hours=3))
        display.hear(called(morning, 1, minutes=-180 + 3 * place))
    display.write_down()
    display.sum_up()

    told = display.statistics()

    hours = [(one.hour, one.tickets, one.median_minutes, one.ninth_decile_minutes) for one in told.hours]
    assert hours == [(9, 10, 15, 27), (12, 10, 5, 9)]
    assert told.usual is not None
    assert (told.usual.hour, told.usual.tickets, told.usual.median_minutes) == (None, 20, 8)
    display.sum_up(now=NOON + timedelta(days=40))
    assert (display.statistics().hours, display.statistics().days) == ((), ())


def test_nothing_is_usual_about_fewer_than_ten(display: Display) -> None:
    """Nine at noon are told in no hour; with one of the morning they are an office's ten."""
    for place in range(1, 10):
        display.hear(called(scanned(f"A-{place:03d}"), 1, minutes=place))
    display.write_down()
    display.sum_up()
    assert (display.statistics().usual, display.statistics().hours) == (None, ())

    morning = scanned("B-001", scanned_at=NOON - timedelta(hours=3))
    display.hear(called(morning, 1, minutes=-150))
    display.write_down()
    display.sum_up()

    told = display.statistics()
    assert told.hours == ()
    assert told.usual is not None
    assert (told.usual.hour, told.usual.tickets) == (None, 10)


def test_only_the_latest_service_times_are_kept(display: Display, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many of an office and a service, and none of long ago."""
    monkeypatch.setattr(service_times, "LATEST_KEPT", 3)
    for place in range(5):
        display.hear(served(called(scanned(f"A-00{place}"), 1, minutes=place), minutes=place + 1))
    with display.database.transaction(now=NOON) as tx:
        waiting.sum_up_weeks(tx)
        assert _count(tx) == 3
        assert tx.execute(select(func.min(service_time.c.called_at))).scalar_one() == NOON + timedelta(
            minutes=2
        )
    with display.database.transaction(now=NOON + timedelta(days=30)) as tx:
        waiting.sum_up_weeks(tx)
        assert _count(tx) == 0


def test_when_counters_are_open_is_learned_by_half_hour(display: Display) -> None:
    """An average of looks, one row however often it is looked."""
    display.hear(opened(1), opened(2))
    with display.database.transaction(now=NOON) as tx:
        waiting.look_at_counters(tx)
    display.hear(closed(2))
    with display.database.transaction(now=NOON + timedelta(minutes=1)) as tx:
        waiting.look_at_counters(tx)
        row = tx.execute(select(counter_rhythm)).one()
    assert (row.office, row.weekday, row.slot, row.looks, row.counters) == ("TRK", 1, 24, 2, 1.5)


def _count(tx: Transaction) -> int:
    return int(tx.execute(select(func.count()).select_from(service_time)).scalar_one())
