"""What a head reads of the day: who waits for what, and for how long."""

from datetime import UTC, datetime, timedelta

from gateway.pages.counter import steps_of
from gateway.pages.head_today import Line, Minutes, lines_of
from tests.e2e.floor_samples import floor_ticket
from tests.e2e.samples import offices

NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)


def test_the_longest_wait_comes_first() -> None:
    """Counted by service and step, in whole minutes."""
    waits = (("new", 5), ("renewal", 40), ("new", 12))
    waiting = [
        floor_ticket(
            f"A-{at:03}", service=service, waiting_since=NOW - timedelta(minutes=minutes, seconds=50)
        )
        for at, (service, minutes) in enumerate(waits)
    ]
    assert lines_of(waiting, NOW) == [
        Line(service="renewal", step="service", waiting=1, longest_minutes=40),
        Line(service="new", step="service", waiting=2, longest_minutes=12),
    ]


def test_a_clock_that_is_behind_makes_no_minutes_less_than_none() -> None:
    """A ticket that was called a moment from now was called just now."""
    assert Minutes(NOW)(NOW + timedelta(minutes=3)) == 0


def test_steps_are_those_of_the_offices_journeys() -> None:
    """An office without journeys does all in one."""
    of = {office.office: steps_of(office) for office in offices()}
    assert (of["TRK"], of["PTK"]) == (("service",), ("documents", "biometrics", "collection"))
