"""Requests go before events: how long events stay back."""

import pytest

from chassis.precedence import LONGEST_SECONDS, REST_SECONDS, Precedence


class Clock:
    """A clock that stands until it is set."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock at 100 s."""
    return Clock()


@pytest.fixture
def precedence(clock: Clock) -> Precedence:
    """Nothing in hand."""
    return Precedence(clock)


def test_without_requests_events_do_not_wait(precedence: Precedence, clock: Clock) -> None:
    """Services without a hot path publish at once."""
    assert precedence.seconds_left(clock.now) == 0


def test_events_stay_back_while_a_request_is_in_hand_but_not_for_ever(
    precedence: Precedence, clock: Clock
) -> None:
    """A rush that does not end holds nobody's event for longer than the bound."""
    with precedence.of_requests():
        assert precedence.seconds_left(clock.now) == LONGEST_SECONDS
        assert precedence.seconds_left(clock.now - LONGEST_SECONDS) == 0


def test_a_gap_between_two_requests_of_a_rush_is_no_rest(precedence: Precedence, clock: Clock) -> None:
    """A moment after the last answer events go, and not before."""
    with precedence.of_requests():
        committed_at = clock.now
        clock.now += 0.005
    assert precedence.seconds_left(committed_at) == pytest.approx(REST_SECONDS)
    clock.now += REST_SECONDS
    assert precedence.seconds_left(committed_at) == 0


def test_who_waits_for_a_rest_is_told_when_the_last_request_ends(precedence: Precedence) -> None:
    """Also where the request failed; the others in hand do not count as its end."""
    rests: list[bool] = []
    precedence.on_rest = lambda: rests.append(True)
    with precedence.of_requests():
        with pytest.raises(ValueError, match="failed"), precedence.of_requests():
            raise ValueError("failed")
        assert rests == []
    assert rests == [True]
