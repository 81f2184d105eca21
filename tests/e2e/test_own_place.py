"""Addresses that people type without an office."""

import pytest
from playwright.sync_api import Page

from tests.e2e.screens import CitizenPages
from tests.e2e.stage import Stage


@pytest.mark.parametrize(
    ("login", "typed", "led_to"),
    [
        ("petugas.trk", "/loket", "/loket/TRK"),
        ("kepala.trk", "/loket", "/loket/TRK"),
        ("kepala.trk", "/kepala", "/kepala/TRK/hari-ini"),
        ("kios.trk", "/kios", "/kios/TRK"),
        ("", "/kantor", "/transparansi"),
        ("", "/papan", "/transparansi"),
        ("", "/tunggu", "/transparansi"),
    ],
)
def test_it_is_the_own_office_or_a_choice_of_all(
    stage: Stage, desk: Page, login: str, typed: str, led_to: str
) -> None:
    """Nobody has to know the code of an office by heart."""
    if login:
        stage.sign_in(desk, login)
    answer = desk.goto(f"{stage.url}{typed}")
    assert answer is not None
    assert (answer.status, desk.url) == (200, f"{stage.url}{led_to}")


def test_a_stranger_signs_in_first_and_a_citizen_stays_outside(stage: Stage, desk: Page) -> None:
    """After signing in one is at one's own office."""
    desk.goto(f"{stage.url}/loket")
    CitizenPages(desk, stage.url).sign_in("petugas.trk")
    assert desk.url == f"{stage.url}/loket/TRK"
    desk.context.clear_cookies()
    stage.sign_in(desk, "andi@contoh.id")
    answer = desk.goto(f"{stage.url}/loket")
    assert answer is not None
    assert answer.status == 403
