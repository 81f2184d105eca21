"""The hall's board shows every change, says it aloud, and tells when it may be wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
import requests
from playwright.sync_api import Page, ViewportSize, expect

from contracts.events.display import BoardChanged
from contracts.requests.display import GetBoard
from tests.e2e import samples
from tests.e2e.accessibility import findings
from tests.e2e.browser import PHONE, TELEVISION
from tests.e2e.screens import BoardPage
from tests.e2e.spoken import VOICE, expect_said, said
from tests.e2e.stage import Stage
from tests.processes import wait_until


@pytest.fixture
def board(stage: Stage, television: Page) -> BoardPage:
    """Tarakan's board with sound on, its clock in the test's hand."""
    return hung_up(stage, television)


def hung_up(stage: Stage, page: Page) -> BoardPage:
    """Hang Tarakan's board up."""
    page.add_init_script(VOICE)
    page.clock.install()
    board = BoardPage(page, stage.url)
    board.open("TRK")
    board.turn_sound_on()
    return board


def with_new(*calls: tuple[str, str | None, int], version: int = 2, again: int = 1) -> BoardChanged:
    """Return the usual board with these calls on top of it, newest first."""
    fresh = tuple(samples.call(number, name, at, calls=again) for number, name, at in calls)
    numbers = {number for number, _, _ in calls}
    older = tuple(call for call in samples.board().calls if call.number not in numbers)
    return samples.board(calls=fresh + older, version=version)


def test_the_board_shows_the_latest_call(board: BoardPage) -> None:
    """Number, name and counter stand on the card; the calls before stand beside it."""
    board.expect_call("A-012", "Pak Andi", 1)
    expect(board.page.locator(".earlier-list li")).to_have_count(2)
    expect(board.page.locator(".counters")).to_contain_text("Menunggu 14")


def test_nobody_who_was_served_is_called_large(stage: Stage, board: BoardPage) -> None:
    """Drawn by the server or by the script: where the newest is served, all stand beside."""
    newest, older, _ = samples.board().calls
    served = replace(newest, state="served")
    stage.publish(samples.board(calls=(served, older), version=2))
    expect(board.page.locator(".call-none")).to_contain_text("Belum ada panggilan baru")
    expect(board.page.locator(".earlier-list li")).to_have_text(
        ["A-012Pak AndiLoket 1", "B-007Bu SariLoket 3"]
    )
    drawn = requests.get(f"{stage.url}/papan/TRK", timeout=5).text
    assert "Belum ada panggilan baru" in drawn
    assert drawn.count("Pak Andi</span>") == 1


def test_calls_from_before_are_not_announced(stage: Stage, television: Page) -> None:
    """A board that is switched on shows old calls in silence, also one of this moment."""
    stage.backend.answer(GetBoard, samples.board(calls=(samples.call("A-012", "Pak Andi", 1),)))
    board = hung_up(stage, television)
    board.page.clock.run_for(10_000)
    assert said(board.page) == []
    expect(board.page.locator(".call-now")).to_have_count(0)


def test_a_new_call_rings_and_is_said_aloud(stage: Stage, board: BoardPage) -> None:
    """In Indonesian, number by number, with the name and the counter."""
    stage.publish(with_new(("C-101", "Sdri. Maria", 12)))
    board.expect_call("C-101", "Sdri. Maria", 12)
    expect(board.page.locator(".call-now")).to_contain_text("Sedang dipanggil")
    assert expect_said(board.page, 1) == [
        "Nomor antrean C, satu nol satu. Saudari Maria. Silakan ke loket dua belas."
    ]


def test_a_call_without_a_name_is_said_by_its_number(stage: Stage, board: BoardPage) -> None:
    """The name may be unknown for a while."""
    stage.publish(with_new(("B-020", None, 21)))
    assert expect_said(board.page, 1) == ["Nomor antrean B, nol dua nol. Silakan ke loket dua puluh satu."]


def test_calls_at_once_are_said_one_after_the_other(stage: Stage, board: BoardPage) -> None:
    """In the order of the calls; no voice speaks over another, and the card shows the one being said."""
    stage.publish(with_new(("A-015", "Bu Rina", 3), ("A-014", "Pak Joko", 2), ("A-013", "Pak Budi", 1)))
    expect(board.page.locator(".call-now")).to_contain_text("A-013")
    sentences = expect_said(board.page, 3)
    assert [sentence.split(". ")[1] for sentence in sentences] == ["Pak Budi", "Pak Joko", "Bu Rina"]
    board.page.clock.run_for(5_000)
    times = board.page.evaluate("() => window.said.map(({ from, to }) => [from, to])")
    assert all(ended <= begun for (_, ended), (begun, _) in pairwise(times))


def test_a_call_is_shown_and_said_before_the_board_has_it(stage: Stage, board: BoardPage) -> None:
    """As soon as check-in tells it; the boards that follow, without it and with it, say it no second time."""
    call = samples.call("A-013", "Pak Budi", 2)
    stage.announce(samples.called(call))
    stage.announce(samples.called(call))
    board.expect_call("A-013", "Pak Budi", 2)
    counters = board.page.locator(".counters")
    expect(counters).to_contain_text("Menunggu 13")
    expect(counters.locator("li").nth(1)).to_contain_text("A-013")
    assert len(expect_said(board.page, 1)) == 1
    stage.publish(samples.board(version=2, waiting=15))
    expect(counters).to_contain_text("Menunggu 14")
    board.expect_call("A-013", "Pak Budi", 2)
    stage.publish(samples.board(calls=(call, *samples.board().calls), version=3, waiting=20))
    expect(counters).to_contain_text("Menunggu 20")
    board.page.clock.run_for(15_000)
    assert len(said(board.page)) == 1


def test_a_call_that_no_board_takes_up_is_dropped(stage: Stage, board: BoardPage) -> None:
    """A board of ten seconds later knows better."""
    stage.announce(samples.called(samples.call("A-013", "Pak Budi", 2)))
    board.expect_call("A-013", "Pak Budi", 2)
    board.page.clock.run_for(15_000)
    later = samples.board(version=2, waiting=15)
    stage.publish(replace(later, changed_at=later.changed_at + timedelta(seconds=11)))
    board.expect_call("A-012", "Pak Andi", 1)


def test_a_recall_is_announced_again(stage: Stage, board: BoardPage) -> None:
    """Calling again is said again, and marked so."""
    stage.publish(with_new(("A-012", "Pak Andi", 1), again=2))
    expect(board.page.locator(".call-now")).to_contain_text("Panggilan ulang")
    assert len(expect_said(board.page, 1)) == 1


def test_the_same_state_twice_is_announced_once(stage: Stage, board: BoardPage) -> None:
    """Another change on the board says no call again."""
    called = with_new(("A-013", "Pak Budi", 2))
    stage.publish(called)
    expect_said(board.page, 1)
    stage.publish(replace(called, version=3, waiting=15))
    board.page.clock.run_for(15_000)
    assert len(said(board.page)) == 1


def test_a_number_of_yesterday_is_announced_today(stage: Stage, board: BoardPage) -> None:
    """A board that was on all night, and cannot load itself anew, counts its numbers anew."""
    board.page.route(board.page.url, lambda route: route.abort())
    yesterday = samples.board()
    assert yesterday.calls[0].number == "A-012"
    today = samples.call("A-012", "Bu Rina", 2)
    stage.publish(replace(yesterday, calls=(today,), date=yesterday.date + timedelta(days=1), version=2))
    assert [sentence.split(". ")[1] for sentence in expect_said(board.page, 1)] == ["Bu Rina"]


def test_a_cut_is_told_and_calls_missed_in_it_are_not_said(stage: Stage, board: BoardPage) -> None:
    """After the link is back the board is right at once, and silent about calls that are over."""
    page = board.page
    page.context.set_offline(True)
    expect(page.get_by_role("alert")).to_contain_text("Sambungan terputus sejak")
    stage.backend.answer(GetBoard, samples.board())
    missed = samples.call("A-013", "Pak Budi", 2, seconds_ago=120)
    stage.publish(samples.board(calls=(missed, *samples.board().calls), version=2))
    page.context.set_offline(False)
    board.expect_call("A-013", "Pak Budi", 2)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.clock.run_for(10_000)
    assert said(board.page) == []


def test_a_stream_that_is_refused_is_asked_for_again(stage: Stage, board: BoardPage) -> None:
    """Browsers give up after an answer such as 503; the board does not."""
    page = board.page
    page.route("**/board/stream", lambda route: route.fulfill(status=503))
    page.route("**/board", lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("Sambungan terputus")
    page.unroute_all()
    stage.publish(with_new(("A-013", "Pak Budi", 2)))

    def shown_in_time() -> bool:
        page.clock.run_for(1_000)
        return "Pak Budi" in page.locator(".call").inner_text()

    wait_until(shown_in_time)
    board.expect_call("A-013", "Pak Budi", 2)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_empty_hall_says_so(stage: Stage, television: Page) -> None:
    """In the morning nobody has been called."""
    stage.backend.answer(GetBoard, samples.board(calls=()))
    BoardPage(television, stage.url).open("TRK")
    expect(television.locator(".call")).to_contain_text("Belum ada panggilan")


def test_hours_without_service_are_on_the_board_until_they_are_over(stage: Stage, television: Page) -> None:
    """What, until when and why; the board takes it down by its own clock, and at once when it is lifted."""
    television.clock.install()
    soon = samples.notice(begins_in=timedelta(minutes=-5), lasts=timedelta(minutes=10))
    later = samples.notice(begins_in=timedelta(days=3))
    stage.backend.answer(GetBoard, samples.board(notices=(soon, later)))
    BoardPage(television, stage.url).open("TRK")
    notices = television.locator(".board-notices p")
    expect(notices).to_have_count(2)
    expect(notices.first).to_contain_text("Tidak ada pelayanan sampai")
    expect(notices.first).to_contain_text("Pemadaman listrik")
    television.clock.run_for(6 * 60_000)
    expect(notices).to_have_count(1)
    expect(notices.first).to_contain_text("tidak ada pelayanan")
    stage.publish(samples.board(version=2))
    expect(notices).to_have_count(0)


@pytest.mark.parametrize("size", [TELEVISION, PHONE], ids=["television", "phone"])
@pytest.mark.parametrize("name", ["W" * 24, "Sdri. Maria Magdalena Si", "Pak Andi"])
def test_a_name_is_never_cut(
    stage: Stage, new_page: Callable[..., Page], size: dict[str, int], name: str
) -> None:
    """The longest and widest name stands whole on the card and in the list, and hides nothing else."""
    calls = tuple(samples.call(f"A-01{at}", name, at) for at in (6, 5, 4, 3, 2, 1))
    stage.backend.answer(GetBoard, samples.board(calls=calls))
    board = BoardPage(new_page(viewport=size), stage.url)
    board.open("TRK")
    board.expect_call("A-016", name, 6)
    cut = board.page.evaluate(
        """() => [...document.querySelectorAll(".call, .call > *, .earlier-list, .earlier-list li > *")]
            .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0
                || one.scrollHeight > one.clientHeight + 1 && one.matches(".call, .earlier-list"))
            .map((one) => one.className || one.tagName)"""
    )
    assert cut == []
    parts = [board.page.locator(f".call-{part}").bounding_box() for part in ("number", "name", "counter")]
    for above, below in pairwise(parts):
        assert above is not None
        assert below is not None
        assert above["y"] + above["height"] <= below["y"] + 1


def test_an_office_without_an_online_queue_has_no_board(stage: Stage, television: Page) -> None:
    """The page says so, as that of the office does, instead of a hall where nobody ever is called."""
    stage.backend.answer(GetBoard, samples.board("BPN", calls=(), waiting=0))
    television.goto(f"{stage.url}/papan/BPN")
    expect(television.locator(".notice-title")).to_have_text("Sosialisasi")
    expect(television.locator(".board")).to_have_count(0)
    television.get_by_role("link", name="kantor terdekat").click()
    assert television.url == f"{stage.url}/kantor/BPN"


def test_who_waits_in_an_office_just_suspended_is_still_called(stage: Stage, television: Page) -> None:
    """The hall empties as on any day."""
    stage.backend.answer(GetBoard, samples.board("DPS"))
    BoardPage(television, stage.url).open("DPS")
    expect(television.locator(".call")).to_contain_text("A-012")


def test_a_phone_without_scripts_reads_the_hours_without_service(
    stage: Stage, phone_without_script: Page
) -> None:
    """The page from the server says them too."""
    stage.backend.answer(GetBoard, samples.board(notices=(samples.notice(begins_in=timedelta(hours=1)),)))
    phone_without_script.goto(f"{stage.url}/papan/TRK")
    expect(phone_without_script.locator(".board-notices")).to_contain_text("Pemadaman listrik")


def test_a_phone_without_scripts_sees_the_board(stage: Stage, phone_without_script: Page) -> None:
    """The page from the server has the latest call, and renews itself."""
    phone_without_script.goto(f"{stage.url}/papan/TRK")
    BoardPage(phone_without_script, stage.url).expect_call("A-012", "Pak Andi", 1)
    assert phone_without_script.locator("meta[http-equiv=refresh]").count() == 1


@pytest.mark.parametrize("size", [TELEVISION, PHONE], ids=["television", "phone"])
def test_a_board_whose_script_got_lost_is_still_a_board(
    stage: Stage, new_page: Callable[..., Page], size: ViewportSize
) -> None:
    """On a line that loses files the page from the server stays, with its heading and without findings."""
    page = new_page(viewport=size, service_workers="block")
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{stage.url}/papan/TRK")
    BoardPage(page, stage.url).expect_call("A-012", "Pak Andi", 1)
    expect(page.get_by_role("main")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tarakan")
    assert findings(page) == []
