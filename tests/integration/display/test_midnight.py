"""A new day in an office: its board is fresh, and old tickets are forgotten."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from services.display.store.tables import board_ticket
from tests.integration.display.hall import NOON, TARAKAN, TODAY, Display, called, opened, scanned

MIDNIGHT = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
"""The end of TODAY in Tarakan (UTC+8)."""


def test_after_midnight_the_board_is_empty_and_said_so_once(display: Display) -> None:
    """Yesterday's calls go; open counters stay open."""
    display.hear(opened(1), called(scanned("A-001"), 1))

    assert display.turn_over(now=MIDNIGHT - timedelta(seconds=1)) == []
    (board,) = display.turn_over(now=MIDNIGHT)

    assert (board.version, board.date) == (4, TODAY + timedelta(days=1))
    assert (board.waiting, board.served, board.calls) == (0, 0, ())
    assert [(counter.state, counter.number) for counter in board.counters] == [("open", None)]
    assert display.turn_over(now=MIDNIGHT + timedelta(minutes=1)) == []


@pytest.mark.parametrize(
    ("timezone", "hour"), [("Asia/Jayapura", 15), ("Asia/Makassar", 16), ("Asia/Jakarta", 17)]
)
def test_each_zone_has_its_own_midnight(empty_display: Display, timezone: str, hour: int) -> None:
    """In the east two hours before the west."""
    empty_display.hear(replace(TARAKAN, timezone=timezone))
    midnight = datetime(2026, 11, 23, hour, tzinfo=UTC)

    assert empty_display.turn_over(now=midnight - timedelta(seconds=1)) == []
    assert len(empty_display.turn_over(now=midnight)) == 1


def test_all_offices_turn_over_in_one_run(display: Display) -> None:
    """Each with its own board; those whose day goes on are left alone."""
    display.hear(replace(TARAKAN, office="SKW", timezone="Asia/Jakarta"), replace(TARAKAN, office="NNK"))
    assert [board.office for board in display.turn_over(now=MIDNIGHT)] == ["NNK", "TRK"]


def test_a_board_read_after_midnight_is_the_new_days(display: Display) -> None:
    """Even before the clock's work has been done."""
    display.hear(scanned("A-001"))
    assert display.board(now=MIDNIGHT).date == date(2026, 11, 24)
    assert display.board(now=MIDNIGHT).waiting == 0


def test_an_event_right_after_midnight_turns_the_board_over(display: Display) -> None:
    """It does not wait for the clock, and the clock finds nothing left to do."""
    (board,) = display.hear(opened(1), now=MIDNIGHT)
    assert board.date == date(2026, 11, 24)
    assert display.turn_over(now=MIDNIGHT) == []


def test_tickets_are_forgotten_when_their_day_is_over_everywhere(display: Display) -> None:
    """Not at the first midnight, when some zone may still have that day; a day later they are gone."""
    display.hear(scanned("A-001"), scanned("A-002", date=TODAY + timedelta(days=1)))

    display.turn_over(now=MIDNIGHT)
    assert _count(display) == 2
    display.turn_over(now=NOON + timedelta(days=2))
    assert _count(display) == 1


def test_a_late_event_of_a_forgotten_day_does_no_harm(display: Display) -> None:
    """It comes back for a minute, and is on no board."""
    late = scanned("A-001", date=TODAY - timedelta(days=5))
    (board,) = display.hear(late)
    assert board.waiting == 0
    display.turn_over(now=NOON)
    assert _count(display) == 0


def _count(display: Display) -> int:
    with display.database.transaction() as tx:
        return int(tx.execute(select(func.count()).select_from(board_ticket)).scalar_one())
