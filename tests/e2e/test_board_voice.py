"""Who says a call: the office's recordings, the device, the server, the bell alone; never an old call."""

import wave
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from contracts.events.display import BoardChanged
from contracts.requests.display import GetBoard
from tests.e2e import samples
from tests.e2e.browser import TELEVISION
from tests.e2e.screens import BoardPage
from tests.e2e.spoken import RECORDER, VOICE, expect_said, played, said
from tests.e2e.stage import Stage, running_stage
from tests.processes import wait_until

CLIPS = ("nomor-antrean", "a", "0", "1", "3", "silakan-ke-loket", "2")
SAMPLES_A_SECOND = 8000


@pytest.fixture
def stage_with_clips(tmp_path: Path) -> Iterator[Stage]:
    """The site of an office that recorded what A-013 to counter 2 needs, the sounds 0.1 s to 0.7 s long."""
    folder = tmp_path / "TRK" / "id"
    folder.mkdir(parents=True)
    for tenths, name in enumerate(CLIPS, 1):
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(SAMPLES_A_SECOND)
            file.writeframes(bytes(2 * SAMPLES_A_SECOND * tenths // 10))
    with running_stage(tmp_path) as stage:
        yield stage


def hung_up(page: Page, stage: Stage, *scripts: str, voices: str = "id") -> BoardPage:
    """Hang a board up with sound on, its clock in the test's hand."""
    for script in scripts:
        page.add_init_script(script)
    page.clock.install()
    board = BoardPage(page, stage.url)
    board.open("TRK", voices=voices)
    board.turn_sound_on()
    return board


def test_a_call_is_said_in_both_languages(stage: Stage, television: Page) -> None:
    """Indonesian, then English, where the page was asked to."""
    board = hung_up(television, stage, VOICE, voices="id,en")
    call(stage, "A-013", "Pak Budi", 2)
    assert expect_said(board.page, 2) == [
        "Nomor antrean A, nol satu tiga. Pak Budi. Silakan ke loket dua.",
        "Number A, zero one three. Pak Budi. Please go to counter 2.",
    ]
    languages = television.evaluate("() => window.said.map(({ lang }) => lang)")
    assert languages == ["id-ID", "en-GB"]


def test_while_others_wait_a_call_is_said_in_the_first_language_alone(stage: Stage, television: Page) -> None:
    """Four at once: the first two hurry, the last two are said twice."""
    board = hung_up(television, stage, VOICE, voices="id,en")
    calls = tuple(samples.call(f"A-01{at}", None, 1) for at in (6, 5, 4, 3))
    stage.publish(samples.board(calls=calls, version=2))
    sentences = expect_said(board.page, 6)
    assert [sentence.split(" ")[0] for sentence in sentences] == ["Nomor"] * 3 + ["Number", "Nomor", "Number"]


def test_a_cut_of_a_minute_is_counted_and_only_new_calls_are_said_after_it(
    stage: Stage, television: Page
) -> None:
    """Of two calls in the cut the old one is shown in silence, the one of just now is said; each stays so."""
    board = hung_up(television, stage, VOICE)
    later = after_a_minute()
    stage.backend.answer(GetBoard, later)
    television.context.set_offline(True)
    expect(television.get_by_role("alert")).to_be_visible()
    television.clock.run_for(60_000)
    expect(television.locator(".board-lost-age")).to_contain_text("1 menit")
    stage.publish(later)
    television.context.set_offline(False)
    board.expect_call("A-014", "Pak Joko", 3)
    assert expect_said(television, 1) == ["Nomor antrean A, nol satu empat. Pak Joko. Silakan ke loket tiga."]
    stage.publish(replace(later, version=3))
    television.clock.run_for(15_000)
    assert len(said(television)) == 1
    expect(television.locator(".earlier-list li").first).to_contain_text("A-013")


def test_the_offices_recordings_come_first(stage_with_clips: Stage, television: Page) -> None:
    """Number, counter, one after the other; a call for which one is missing is said by the device."""
    board = hung_up(television, stage_with_clips, VOICE, RECORDER)
    call(stage_with_clips, "A-013", "Pak Budi", 2)
    expect_played(board.page, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7])
    assert said(television) == []
    television.clock.run_for(10_000)
    call(stage_with_clips, "A-014", "Pak Joko", 2, version=3)
    assert len(expect_said(television, 1)) == 1


def test_a_device_without_a_voice_is_lent_the_servers(stage: Stage, television: Page) -> None:
    """What the server made is played, and it is a sentence's length."""
    pytest.importorskip("espeakng_loader")
    board = hung_up(television, stage, RECORDER)
    expect(television.locator(".board-foot")).to_contain_text("Bel dan suara aktif")
    call(stage, "A-013", "Pak Budi", 2)
    wait_until(lambda: passed(board.page) and len(played(board.page)) == 1)
    assert 3 < played(television)[0] < 9


def test_a_voice_that_fails_is_followed_by_the_next(stage: Stage, television: Page) -> None:
    """A device's voice may need a network of its own."""
    pytest.importorskip("espeakng_loader")
    broken = "speechSynthesis.speak = (utterance) => setTimeout(() => utterance.onerror(), 10);"
    board = hung_up(television, stage, VOICE, broken, RECORDER)
    call(stage, "A-013", "Pak Budi", 2)
    wait_until(lambda: passed(board.page) and len(played(board.page)) == 1)


def test_the_bell_alone_is_said_on_the_screen(stage: Stage, new_page: Callable[..., Page]) -> None:
    """Where neither the office, the device nor the server has a voice."""
    page = new_page(viewport=TELEVISION)
    page.route("**/papan/TRK*", without_server_voice)
    board = BoardPage(page, stage.url)
    board.open("TRK")
    board.turn_sound_on()
    expect(page.locator(".board-foot")).to_contain_text("Bel aktif; tidak ada suara")


def without_server_voice(route: object) -> None:
    """Let the page of a board say that its server has no voice."""
    answer = route.fetch()  # type: ignore[attr-defined]
    body = answer.text().replace('"server_voices": ["id", "en"]', '"server_voices": []')
    route.fulfill(response=answer, body=body)  # type: ignore[attr-defined]


def call(stage: Stage, number: str, name: str, at: int, *, version: int = 2) -> None:
    """Let a counter call."""
    stage.publish(
        samples.board(calls=(samples.call(number, name, at), *samples.board().calls), version=version)
    )


def after_a_minute() -> BoardChanged:
    """Return the board a minute from now: A-013 was called in the middle of it, A-014 at its end."""
    now = datetime.now(UTC)
    missed = replace(samples.call("A-013", "Pak Budi", 2), called_at=now + timedelta(seconds=25))
    fresh = replace(samples.call("A-014", "Pak Joko", 3), called_at=now + timedelta(seconds=58))
    board = samples.board(calls=(fresh, missed, *samples.board().calls), version=2)
    return replace(board, changed_at=now + timedelta(seconds=59))


def passed(page: Page) -> bool:
    """Let half a second of the page's time pass."""
    page.clock.run_for(500)
    return True


def expect_played(page: Page, lengths: list[float]) -> None:
    """Let time pass until these recordings were played."""
    wait_until(lambda: passed(page) and len(played(page)) >= len(lengths))
    assert played(page) == lengths
