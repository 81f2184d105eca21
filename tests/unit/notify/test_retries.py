"""When a message is tried again."""

import pytest

from services.notify.domain.retries import RetryPolicy

POLICY = RetryPolicy(most_attempts=14)


@pytest.mark.parametrize(("attempts", "longest"), [(1, 1), (2, 2), (5, 16), (10, 512), (11, 900), (13, 900)])
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(attempts: int, longest: float) -> None:
    """Between half the back-off and all of it, as chance decides."""
    least, most = POLICY.delay(attempts, chance=0.0), POLICY.delay(attempts, chance=0.999999)
    assert least is not None
    assert most is not None
    assert least.total_seconds() == pytest.approx(longest / 2)
    assert most.total_seconds() == pytest.approx(longest, rel=1e-3)


def test_after_the_last_attempt_there_is_no_wait() -> None:
    """None says: give up."""
    assert POLICY.delay(14, chance=0.5) is None


def test_the_attempts_cover_an_outage_of_half_an_hour_even_with_the_shortest_waits() -> None:
    """The default must outlive a provider's usual outage."""
    waits = [POLICY.delay(attempts, chance=0.0) for attempts in range(1, 14)]
    assert sum(wait.total_seconds() for wait in waits if wait is not None) > 30 * 60
