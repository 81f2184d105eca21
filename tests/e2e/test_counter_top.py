"""The screen on top of a counter: one number, very large, in both languages."""

from dataclasses import replace
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from contracts.events.display import BoardChanged
from tests.e2e import samples
from tests.e2e.accessibility import weak_contrasts
from tests.e2e.browser import TELEVISION
from tests.e2e.stage import Stage

SIZES = [TELEVISION, {"width": 3840, "height": 2160}, {"width": 1024, "height": 768}]


def standing(state: Any, number: str | None, version: int) -> BoardChanged:
    """Return the hall with counter 1 in a state."""
    board = samples.board(version=version)
    first = replace(board.counters[0], state=state, number=number)
    return replace(board, counters=(first, *board.counters[1:]))


def test_it_shows_the_number_and_the_name_in_two_languages(stage: Stage, television: Page) -> None:
    """As they are called; the number fills most of the width."""
    television.goto(f"{stage.url}/papan/TRK/1")
    top = television.locator(".top:not(.top-still)")
    expect(top).to_contain_text("Loket 1")
    expect(top).to_contain_text("Counter 1")
    expect(top.locator(".top-number")).to_have_text("A-012")
    expect(top.locator(".top-name")).to_have_text("Pak Andi")
    expect(top.locator(".top-state")).to_contain_text("Silakan Please come")
    box = top.locator(".top-number").bounding_box()
    assert box is not None
    assert box["width"] > TELEVISION["width"] / 2


@pytest.mark.parametrize("size", SIZES, ids=["720p", "4K", "4:3"])
def test_every_state_is_told_in_words_and_fits(stage: Stage, television: Page, size: Any) -> None:
    """Ready, on a break, closed; also one that the page does not know."""
    television.set_viewport_size(size)
    television.goto(f"{stage.url}/papan/TRK/1")
    expect(television.locator(".top-called:not(.top-still)")).to_be_visible()
    states = (
        ("open", None, "Siap"),
        ("paused", None, "Istirahat"),
        ("paused", "A-012", "Silakan"),
        ("closed", None, "Tutup"),
        ("moved", None, "Tunggu"),
    )
    for version, (state, number, words) in enumerate(states, 2):
        stage.publish(standing(state, number, version))
        expect(television.locator(".top-state")).to_contain_text(words)
        assert television.evaluate("() => document.documentElement.scrollHeight <= innerHeight + 1")
        assert weak_contrasts(television) == []


def test_who_is_called_to_another_counter_leaves_this_one(stage: Stage, television: Page) -> None:
    """As soon as check-in tells it, before a board has it."""
    television.goto(f"{stage.url}/papan/TRK/1")
    top = television.locator(".top:not(.top-still)")
    expect(top.locator(".top-number")).to_have_text("A-012")
    stage.announce(samples.called(samples.call("A-012", "Pak Andi", 3)))
    expect(top.locator(".top-state")).to_contain_text("Siap")


def test_without_a_script_the_server_draws_it(stage: Stage, phone_without_script: Page) -> None:
    """And it renews itself."""
    phone_without_script.goto(f"{stage.url}/papan/TRK/3")
    expect(phone_without_script.locator(".top-number")).to_have_text("B-007")
    assert phone_without_script.locator("meta[http-equiv=refresh]").count() == 1


def test_an_office_has_no_more_counters_than_it_says(stage: Stage) -> None:
    """Tarakan has four."""
    assert requests.get(f"{stage.url}/papan/TRK/5", timeout=5).status_code == 404
