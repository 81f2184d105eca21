"""When a message is tried again."""

import pytest

from services.notify.domain.retries import RetryPolicy

POLICY = RetryPolicy()


@pytest.mark.parametrize(("attempts", "longest"), [(1, 1), (2, 2), (5, 16), (10, 512), (11, 900), (200, 900)])
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(attempts: int, longest: float) -> None:
    """Between half the back-off and all of it, as chance decides."""
    least, most = POLICY.delay(attempts, chance=0.0), POLICY.delay(attempts, chance=0.999999)
    assert least.total_seconds() == pytest.approx(longest / 2)
    assert most.total_seconds() == pytest.approx(longest, rel=1e-3)
