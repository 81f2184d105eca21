"""What the hall reads of hours at which the office does not work."""

from datetime import timedelta
from itertools import permutations

import pytest

from contracts.events.display import BoardNotice
from tests.integration.display.hall import NOON, TARAKAN, TODAY, Display, content, lifted, outage

AFTER_LUNCH = BoardNotice(
    date=TODAY,
    begins_at=NOON + timedelta(hours=1),
    ends_at=NOON + timedelta(hours=4),
    cause="closed",
    note="Pemadaman listrik",
)


def test_an_outage_is_on_the_board_with_its_hours_and_reason(display: Display) -> None:
    """At once, as with a call."""
    (board,) = display.hear(outage())
    assert board.notices == (AFTER_LUNCH,)


def test_an_outage_that_is_lifted_is_no_longer_on_the_board(display: Display) -> None:
    """The office works after all."""
    display.hear(outage())
    (board,) = display.hear(lifted())
    assert board.notices == ()


def test_an_outage_that_is_over_is_taken_down_by_the_clock(display: Display) -> None:
    """Within a minute, and once: the board is not published again and again afterwards."""
    display.hear(outage())
    assert display.turn_over(now=NOON + timedelta(hours=3, minutes=59)) == []
    (board,) = display.turn_over(now=NOON + timedelta(hours=4))
    assert board.notices == ()
    assert display.turn_over(now=NOON + timedelta(hours=4, minutes=1)) == []


@pytest.mark.parametrize(("days", "shown"), [(0, 1), (1, 1), (7, 1), (8, 0)])
def test_outages_are_told_a_week_ahead(display: Display, days: int, shown: int) -> None:
    """Who sits in the hall today may have to come back next week."""
    (board,) = display.hear(outage(days=days))
    assert len(board.notices) == shown


def test_the_three_soonest_outages_are_told(display: Display) -> None:
    """More cannot be read from the back of a hall."""
    *_, board = display.hear(*(outage(days=days, version=days + 1) for days in (5, 3, 1, 2)))
    assert [notice.date for notice in board.notices] == [TODAY + timedelta(days=days) for days in (1, 2, 3)]


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_the_order_of_events_does_not_matter(empty_display: Display, order: tuple[int, ...]) -> None:
    """An outage may be heard of before its office, and after it was lifted."""
    events = (TARAKAN, outage(), lifted(), outage(version=3, note="Listrik padam lagi"))
    empty_display.hear(*(events[place] for place in order))
    (notice,) = content(empty_display.board()).notices
    assert notice.note == "Listrik padam lagi"


def test_outages_of_the_day_before_yesterday_are_forgotten(display: Display) -> None:
    """The table does not grow."""
    display.hear(outage())
    display.turn_over(now=NOON + timedelta(days=2))
    with display.database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM board_outage").scalar() == 0
