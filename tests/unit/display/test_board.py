"""What a hall sees: the rules without a database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts import schema
from contracts.events.display import BoardCall, BoardChanged, BoardCounter
from services.display.domain.board import LATEST_CALLS, Day, Desk, Heading, compose_board

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
HEADING = Heading(office="TRK", name="Tarakan", timezone="Asia/Makassar", version=7, changed_at=NOON)

CALLS = st.lists(
    st.builds(
        BoardCall,
        number=st.integers(1, 999).map(lambda place: f"A-{place:03d}"),
        display_name=st.none() | st.just("Pak Andi"),
        counter=st.integers(1, 4),
        called_at=st.integers(0, 30).map(lambda minutes: NOON + timedelta(minutes=minutes)),
        calls=st.integers(1, 5),
        state=st.sampled_from(["called", "served"]),
    ),
    max_size=20,
    unique_by=lambda call: call.number,
)


def test_a_counter_shows_the_ticket_that_it_serves() -> None:
    """A served ticket is not before it any more; a counter of which nothing is known is not shown."""
    board = compose_board(
        HEADING,
        _day(
            calls=[
                call("A-001", 1, minutes=1, state="served"),
                call("A-002", 2, minutes=2),
                call("A-003", 9),
            ],
            desks=[
                Desk(counter=2, state="open"),
                Desk(counter=1, state="open"),
                Desk(counter=3, state="closed"),
            ],
        ),
    )
    assert board.counters == (
        BoardCounter(counter=1, state="open", number=None),
        BoardCounter(counter=2, state="open", number="A-002"),
        BoardCounter(counter=3, state="closed", number=None),
    )


def test_of_two_tickets_at_one_counter_the_later_call_is_shown() -> None:
    """The event that the first was served may still be on its way."""
    calls = [call("A-001", 1, minutes=1), call("A-002", 1, minutes=2)]
    board = compose_board(HEADING, _day(calls=calls, desks=[Desk(counter=1, state="open")]))
    assert board.counters[0].number == "A-002"


@given(calls=CALLS)
def test_the_latest_eight_calls_are_shown_newest_first(calls: list[BoardCall]) -> None:
    """Nothing that is left out is newer than what is shown."""
    shown = compose_board(HEADING, _day(calls=calls)).calls

    assert len(shown) == min(LATEST_CALLS, len(calls))
    assert list(shown) == sorted(shown, key=lambda one: (one.called_at, one.number), reverse=True)
    oldest = min((one.called_at for one in shown), default=NOON)
    assert all(one.called_at <= oldest for one in calls if one not in shown)


@given(calls=CALLS)
def test_every_board_has_the_form_of_its_contract(calls: list[BoardCall]) -> None:
    """What is composed can be written and read back."""
    board = compose_board(HEADING, _day(calls=calls, desks=[Desk(counter=1, state="open")]))
    assert schema.load(BoardChanged, schema.dump(board)) == board


@pytest.mark.parametrize(
    ("timezone", "day"), [("Asia/Jakarta", 22), ("Asia/Makassar", 23), ("Asia/Jayapura", 23)]
)
def test_a_moment_belongs_to_the_offices_own_day(timezone: str, day: int) -> None:
    """At 16.30 UTC it is past midnight in the middle and the east, and not in the west."""
    heading = Heading(office="TRK", name="Tarakan", timezone=timezone, version=1, changed_at=NOON)
    assert heading.day(datetime(2026, 11, 22, 16, 30, tzinfo=UTC)) == date(2026, 11, day)


def call(number: str, counter: int, *, minutes: int = 0, **changes: Any) -> BoardCall:
    """Make a call that was made some minutes after noon."""
    told: dict[str, Any] = {
        "number": number,
        "display_name": "Pak Andi",
        "counter": counter,
        "called_at": NOON + timedelta(minutes=minutes),
        "calls": 1,
        "state": "called",
    }
    return BoardCall(**{**told, **changes})


def _day(*, calls: list[BoardCall], desks: list[Desk] | None = None) -> Day:
    return Day(date=date(2026, 11, 23), waiting=3, served=4, calls=calls, desks=desks or [])
