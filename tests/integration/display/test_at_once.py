"""Events of one office that are worked on at the same moment."""

from functools import partial

import pytest

from chassis.database import Transaction
from contracts.events import BoardChanged, Event
from services.display.store import boards
from tests.contention import at_once, overlap
from tests.integration.display.hall import NOON, TARAKAN, Display, called, scanned, show


def test_the_later_board_shows_both_of_two_calls_made_at_once(display: Display) -> None:
    """The second event waits for the first one's board, and then sees its call."""
    first, second = _boards_of_two_calls(display, second_waits=True)
    assert (len(first.calls), len(second.calls)) == (1, 2)
    assert second.version == first.version + 1


def test_without_the_lock_on_the_board_a_call_would_be_missed(
    display: Display, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: two boards of one version, each with one call."""
    monkeypatch.setattr(boards, "advance", lambda tx, offices: [boards.read(tx, code) for code in offices])
    first, second = _boards_of_two_calls(display, second_waits=False)
    assert (len(first.calls), len(second.calls)) == (1, 1)


def test_a_ticket_of_an_office_that_is_just_being_announced_is_on_its_board(empty_display: Display) -> None:
    """The ticket waits for the office, and is on the board that comes then."""
    _, (board,) = overlap(
        empty_display.database,
        lambda tx: show(tx, TARAKAN),
        partial(empty_display.hear, scanned("A-001")),
        second_waits=True,
        now=NOON,
    )
    assert board.waiting == 1


def test_an_office_that_is_announced_while_a_ticket_comes_shows_it(empty_display: Display) -> None:
    """The other way round it is the office that waits."""
    _, (board,) = overlap(
        empty_display.database,
        lambda tx: show(tx, scanned("A-001")),
        partial(empty_display.hear, TARAKAN),
        second_waits=True,
        now=NOON,
    )
    assert board.waiting == 1


def test_without_the_lock_of_the_office_the_ticket_would_be_missed(
    empty_display: Display, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: no board shows the ticket until something else happens."""
    monkeypatch.setattr(boards, "lock", lambda *_: None)
    _, published = overlap(
        empty_display.database,
        lambda tx: show(tx, TARAKAN),
        partial(empty_display.hear, scanned("A-001")),
        second_waits=False,
        now=NOON,
    )
    assert published == []


def test_boards_of_many_events_at_once_have_one_order(display: Display) -> None:
    """Every version once, each board with at least what the one before had."""
    events = [[scanned(f"A-{8 * thread + place:03d}") for place in range(8)] for thread in range(6)]

    published = at_once([partial(display.hear, *mine) for mine in events])

    by_version = sorted(
        (
            board
            for boards_of_thread in published
            if isinstance(boards_of_thread, list)
            for board in boards_of_thread
        ),
        key=lambda board: board.version,
    )
    assert [board.version for board in by_version] == list(range(2, 50))
    assert [board.waiting for board in by_version] == list(range(1, 49))


def _boards_of_two_calls(display: Display, *, second_waits: bool) -> tuple[BoardChanged, BoardChanged]:
    andi, sari = called(scanned("A-001"), 1), called(scanned("A-002"), 2)

    def show_andi(tx: Transaction) -> Event:
        show(tx, andi)
        return tx.emitted[-1]

    first, (second,) = overlap(
        display.database, show_andi, partial(display.hear, sari), second_waits=second_waits, now=NOON
    )
    assert isinstance(first, BoardChanged)
    return first, second
