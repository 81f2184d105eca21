"""The waiting room on a phone: where the own number stands, and a phone that rings when it is called."""

import json
from dataclasses import replace
from typing import Any

import pytest
import requests
from playwright.sync_api import Page, expect

from contracts.requests.display import GetBoard
from contracts.requests.floor import ExplainTurn, Turn
from contracts.requests.waiting import GetLineWaits
from contracts.schema import load
from gateway.pages.waiting_room import number_of
from tests.e2e import samples
from tests.e2e.stage import Stage
from tests.processes import wait_until

RINGING = """
window.vibrations = 0;
navigator.vibrate = () => (window.vibrations += 1);
window.tones = 0;
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (at) { window.tones += 1; start.call(this, at); };
"""
TURN = {
    "number": "A-015",
    "service": "new",
    "state": "waiting",
    "step": "service",
    "steps": ["service"],
    "counter": None,
    "place": 4,
    "before": [{"rule": "appointment", "tickets": 2}, {"rule": "priority", "tickets": 1}],
    "counters": 2,
}


TOLD = {**TURN, "low_minutes": 20, "high_minutes": 35}
"""The same with how much longer, as the gateway tells it."""


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("A-012", "A-012"),
        ("a 12", "A-012"),
        (" b7 ", "B-007"),
        ("C-10234", "C-10234"),
        ("12", None),
        ("", None),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, number: str | None) -> None:
    """In small letters, without the dash, without the zeros."""
    assert number_of(typed) == number


def test_the_phone_rings_when_the_own_number_is_called(stage: Stage, phone: Page) -> None:
    """Not for others; for the own one with a bell and vibration, and the counter stands large."""
    phone.add_init_script(RINGING)
    stage.backend.answer(ExplainTurn, load(Turn, TURN))
    phone.goto(f"{stage.url}/tunggu/TRK?nomor=a15")
    expect(phone.locator(".room-own")).to_contain_text("Belum dipanggil")
    phone.get_by_role("button", name="Bunyikan").click()
    expect(phone.locator(".room-sound")).to_be_visible()
    other = samples.call("A-013", "Pak Budi", 2)
    stage.publish(samples.board(calls=(other,), version=2))
    expect(phone.locator(".room-calls li").first).to_contain_text("A-013")
    assert phone.evaluate("() => [window.vibrations, window.tones]") == [0, 0]
    stage.publish(samples.board(calls=(samples.call("A-015", "Bu Rina", 3), other), version=3))
    expect(phone.locator(".room-go")).to_have_text("Silakan ke loket 3")
    expect(phone.locator(".room-call-own")).to_contain_text("A-015")
    wait_until(lambda: phone.evaluate("() => [window.vibrations, window.tones]") == [1, 3])
    assert "Bu Rina" not in phone.locator("main").inner_text()


def test_who_was_served_is_not_told_to_wait_for_a_ring(stage: Stage, phone: Page) -> None:
    """What the phone says beside the thanks has to fit them."""
    phone.route("**/v1/offices/TRK/queue/A-015", answered({**TOLD, "state": "served"}))
    phone.goto(f"{stage.url}/tunggu/TRK?nomor=A-015")
    expect(phone.locator(".room-own")).to_contain_text("Sudah dilayani")
    expect(phone.get_by_role("button", name="Bunyikan")).to_have_count(0)


def test_who_is_before_the_own_number_and_why(stage: Stage, phone: Page) -> None:
    """In plain words, as check-in explains the turn."""
    phone.route("**/v1/offices/TRK/queue/A-015", answered(TOLD))
    phone.goto(f"{stage.url}/tunggu/TRK?nomor=A-015")
    own = phone.locator(".room-own")
    expect(own).to_contain_text("3 orang sebelum Anda")
    expect(own.locator(".room-reasons li")).to_have_text(
        [
            "2 orang punya jam yang lebih awal",
            "1 orang diprioritaskan (lansia, difabel, hamil, balita, sakit)",
        ]
    )
    expect(own).to_contain_text("2 loket memanggil")


def test_how_much_longer_with_a_script_and_without(stage: Stage, phone: Page) -> None:
    """In minutes, from display; where it cannot tell, or is away, nothing is said of them."""
    stage.backend.answer(ExplainTurn, load(Turn, TURN))
    page = f"{stage.url}/tunggu/TRK?nomor=A-015"
    assert "Perkiraan menunggu: 20–35 menit" in requests.get(page, timeout=5).text
    with phone.expect_response("**/v1/offices/TRK/queue/A-015"):
        phone.goto(page)
    expect(phone.locator(".room-wait")).to_have_text("Perkiraan menunggu: 20–35 menit")
    stage.backend.refuse(GetLineWaits, "no_answer")
    assert "Perkiraan" not in requests.get(page, timeout=5).text
    with phone.expect_response("**/v1/offices/TRK/queue/A-015"):
        phone.reload()
    expect(phone.locator(".room-own")).to_contain_text("3 orang sebelum Anda")
    expect(phone.locator(".room-wait")).to_have_count(0)


def test_who_waits_before_one_counter_is_told_no_minutes(stage: Stage, phone: Page) -> None:
    """They are in no line that counters share."""
    stage.backend.answer(ExplainTurn, load(Turn, {**TURN, "counter": 2}))
    told = requests.get(f"{stage.url}/v1/offices/TRK/queue/A-015", timeout=5).json()
    assert (told["low_minutes"], told["high_minutes"]) == (None, None)


def test_who_is_next_is_told_to_be_ready(stage: Stage, phone: Page) -> None:
    """With nobody before them, where a counter calls; else they are the first in line."""
    first = load(Turn, {**TURN, "place": 1, "before": []})
    own = phone.locator(".room-own")
    for counters, words in ((2, "Anda berikutnya. Bersiaplah."), (0, "Anda di urutan pertama.")):
        stage.backend.answer(ExplainTurn, replace(first, counters=counters))
        assert words in requests.get(f"{stage.url}/tunggu/TRK?nomor=A-015", timeout=5).text
        with phone.expect_response("**/v1/offices/TRK/queue/A-015"):
            phone.goto(f"{stage.url}/tunggu/TRK?nomor=A-015")
        expect(own).to_contain_text(words)


def test_a_number_that_nobody_has_is_not_told_to_wait(stage: Stage, phone: Page) -> None:
    """A slip of the finger would wait for ever; while check-in is away no number is unknown."""
    own, bell = phone.locator(".room-own"), phone.get_by_role("button", name="Bunyikan")
    assert "Nomor ini tidak ada" in requests.get(f"{stage.url}/tunggu/TRK?nomor=A-999", timeout=5).text
    with phone.expect_response("**/v1/offices/TRK/queue/A-999"):
        phone.goto(f"{stage.url}/tunggu/TRK?nomor=A-999")
    expect(own).to_contain_text("Nomor ini tidak ada di kantor ini hari ini")
    expect(bell).to_have_count(0)
    stage.backend.refuse(ExplainTurn, "no_answer")
    with phone.expect_response("**/v1/offices/TRK/queue/A-999"):
        phone.reload()
    expect(own).to_contain_text("Belum dipanggil")
    expect(bell).to_be_visible()


def test_a_cut_is_told_with_the_age_of_what_is_shown(stage: Stage, phone: Page) -> None:
    """Counting."""
    phone.clock.install()
    phone.goto(f"{stage.url}/tunggu/TRK?nomor=A-015")
    expect(phone.locator(".room-own")).to_be_visible()
    phone.context.set_offline(True)
    expect(phone.get_by_role("alert")).to_contain_text("Sambungan terputus")
    phone.clock.run_for(65_000)
    expect(phone.locator(".notice-warn")).to_contain_text("1 menit")


def test_without_a_script_the_page_renews_itself(stage: Stage, phone_without_script: Page) -> None:
    """The own number is looked for with a plain form."""
    phone_without_script.goto(f"{stage.url}/tunggu/TRK")
    phone_without_script.get_by_label("Nomor antrean Anda").fill("a 12")
    phone_without_script.get_by_role("button", name="Tampilkan").click()
    expect(phone_without_script.locator(".room-go")).to_have_text("Silakan ke loket 1")
    assert phone_without_script.locator("meta[http-equiv=refresh]").count() == 1


def test_without_a_script_the_place_in_line_and_its_reasons_are_told_too(
    stage: Stage, phone_without_script: Page
) -> None:
    """In the script's own words; the board alone is shown where check-in does not answer."""
    stage.backend.answer(ExplainTurn, load(Turn, TURN))
    phone_without_script.goto(f"{stage.url}/tunggu/TRK?nomor=A-015")
    own = phone_without_script.locator(".room-own")
    expect(own).to_contain_text("3 orang sebelum Anda")
    expect(own.locator(".room-reasons li")).to_have_count(2)
    expect(own).to_contain_text("2 loket memanggil")
    stage.backend.answer(ExplainTurn, load(Turn, {**TURN, "state": "held", "place": None, "before": []}))
    phone_without_script.reload()
    expect(own).to_contain_text("Ditunda oleh petugas")
    stage.backend.refuse(ExplainTurn, "no_answer")
    phone_without_script.reload()
    expect(own).to_contain_text("orang menunggu di kantor ini")


def test_an_empty_hall_and_an_unreadable_number_say_so(stage: Stage, phone: Page) -> None:
    """What to write stands beside the field."""
    stage.backend.answer(GetBoard, samples.board(calls=()))
    phone.goto(f"{stage.url}/tunggu/TRK?nomor=Pak+Andi")
    expect(phone.get_by_role("alert")).to_contain_text("misalnya A-012")
    expect(phone.locator("#app")).to_contain_text("Belum ada panggilan")


def answered(turn: dict[str, Any]) -> Any:
    """Answer a question about a turn."""
    return lambda route: route.fulfill(content_type="application/json", body=json.dumps(turn))
