"""What is known of a service's speed. Times are the test's."""

from math import inf

import pytest

from gateway.broker.pace import WINDOW_SECONDS, Pace


def busy(pace: Pace, *answers: int, begin: float = 0.0) -> float:
    """Let a service that has all it can do give so many answers, window by window; return the time then."""
    now = begin
    pace.wait_seconds(0, now=now)
    for number in answers:
        for _ in range(number):
            pace.count_answer()
        now += WINDOW_SECONDS
        pace.wait_seconds(0, now=now)
    return now


def test_nothing_is_known_of_the_first_moment() -> None:
    """Before half a second of work nobody is refused for an estimate."""
    pace = Pace()
    assert pace.wait_seconds(1000, now=0.0) is None
    pace.count_answer()
    assert pace.wait_seconds(1000, now=WINDOW_SECONDS / 2) is None


def test_the_wait_is_what_is_ahead_by_what_is_answered_in_a_second() -> None:
    """100 answers in half a second: 400 are done in two."""
    pace = Pace()
    assert pace.wait_seconds(400, now=busy(pace, 100)) == 2.0


@pytest.mark.parametrize(
    ("answers", "rate"), [((100, 200), 400.0), ((200, 100), 300.0), ((200, 0, 0), 100.0)]
)
def test_faster_is_believed_at_once_and_slower_by_half(answers: tuple[int, ...], rate: float) -> None:
    """One slow write of a disk is no outage; a second one is."""
    pace = Pace()
    assert pace.wait_seconds(1200, now=busy(pace, *answers)) == 1200 / rate


def test_a_service_that_never_answered_is_waited_for_without_end() -> None:
    """And one that comes back is known for it at once."""
    pace = Pace()
    now = busy(pace, 0)
    assert pace.wait_seconds(1, now=now) == inf
    assert pace.wait_seconds(400, now=busy(pace, 100, begin=now)) == 2.0


def test_rest_is_not_counted_as_slowness() -> None:
    """A night with one answer an hour between two rushes leaves the rate of the first."""
    pace = Pace()
    now = busy(pace, 100)
    pace.rest()
    pace.count_answer()
    assert pace.wait_seconds(400, now=now + 3600) == 2.0
