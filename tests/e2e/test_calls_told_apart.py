"""A number that is called again: a call is known by its number and its time, however often it was called."""

from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import samples
from tests.e2e.screens import BoardPage
from tests.e2e.spoken import expect_said, said
from tests.e2e.stage import Stage
from tests.e2e.test_board import hung_up, with_new


@pytest.fixture
def board(stage: Stage, television: Page) -> BoardPage:
    """Tarakan's board with sound on, its clock in the test's hand."""
    return hung_up(stage, television)


def test_a_first_call_at_the_next_step_is_said_before_a_board_has_it(stage: Stage, board: BoardPage) -> None:
    """With display away: to the counter of now; at the one before it nobody is any more."""
    first = samples.call("A-013", "Pak Budi", 2)
    second = replace(first, counter=3, called_at=first.called_at + timedelta(seconds=10))
    stage.announce(samples.called(first))
    assert len(expect_said(board.page, 1)) == 1
    board.page.clock.run_for(10_000)
    for said_anew in (second, first, second):
        stage.announce(samples.called(said_anew))
    board.expect_call("A-013", "Pak Budi", 3)
    counters = board.page.locator(".counters li")
    expect(counters.nth(1)).to_contain_text("Siap")
    expect(counters.nth(2)).to_contain_text("A-013")
    expect(board.page.locator(".counters")).to_contain_text("Menunggu 13")
    assert expect_said(board.page, 2)[1].endswith("Silakan ke loket tiga.")
    board.page.clock.run_for(15_000)
    assert len(said(board.page)) == 2


@pytest.mark.parametrize("counter", [2, 3], ids=["undone and called again", "sent on and called"])
def test_a_first_call_after_a_first_call_is_said_where_one_board_has_both(
    stage: Stage, board: BoardPage, counter: int
) -> None:
    """The board in between, without the number, was left out."""
    stage.publish(with_new(("A-013", "Pak Budi", 2)))
    assert len(expect_said(board.page, 1)) == 1
    board.page.clock.run_for(10_000)
    stage.publish(with_new(("A-013", "Pak Budi", counter), version=3))
    board.expect_call("A-013", "Pak Budi", counter)
    assert len(expect_said(board.page, 2)) == 2


def test_a_recall_that_is_undone_is_not_said(stage: Stage, board: BoardPage) -> None:
    """The call before it stands on the board again; it was said in its time."""
    first = samples.call("A-013", "Pak Budi", 2)
    recall = replace(first, calls=2, called_at=first.called_at + timedelta(seconds=10))
    for version, call in enumerate((first, recall, first), 2):
        stage.publish(samples.board(calls=(call, *samples.board().calls), version=version))
        expect(board.page.locator(".call")).to_have_attribute("data-calls", str(call.calls))
        if version < 4:
            expect_said(board.page, version - 1)
    board.page.clock.run_for(15_000)
    assert len(said(board.page)) == 2
