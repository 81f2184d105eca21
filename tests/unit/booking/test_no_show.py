"""When who did not come may book again."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.booking.domain.no_show import Judgement, NoShowRule, waits_until

RULE = NoShowRule(after=2, within_days=90, wait_days=14, since=date(2026, 1, 1))
ZONE = ZoneInfo("Asia/Makassar")
LAST = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("missed", "judgement"),
    [
        ([], Judgement(missed=0, book_from=None)),
        ([0], Judgement(missed=1, book_from=None)),
        ([0, 89], Judgement(missed=2, book_from=LAST + timedelta(days=14))),
        ([0, 90], Judgement(missed=1, book_from=None)),
        ([0, 1, 2], Judgement(missed=3, book_from=LAST + timedelta(days=14))),
    ],
)
def test_so_many_missed_visits_within_the_days_make_one_wait(missed: list[int], judgement: Judgement) -> None:
    """Counted back from the last of them."""
    assert RULE.judge(LAST - timedelta(days=days) for days in missed) == judgement


def test_what_was_missed_before_there_was_a_rule_does_not_count() -> None:
    """Nobody was warned then."""
    rule = NoShowRule(after=1, within_days=90, wait_days=14, since=LAST)
    assert rule.judge([LAST - timedelta(days=1)]) == Judgement(missed=0, book_from=None)
    assert rule.judge([LAST]).book_from is not None


def test_a_wait_ends_with_the_first_moment_of_its_day_on_the_offices_clock() -> None:
    """Midnight in Tarakan is four in the afternoon of the day before, UTC."""
    over = datetime(2026, 12, 3, 16, tzinfo=UTC)
    before = over - timedelta(seconds=1)
    judgement = Judgement(missed=2, book_from=date(2026, 12, 4))
    wait = judgement.wait_at(ZONE, before)
    assert waits_until(wait, before) == date(2026, 12, 4)
    assert (waits_until(wait, over), judgement.wait_at(ZONE, over), waits_until(None, over)) == (None,) * 3
