"""An officer runs a counter from the keyboard, one thing at a time."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from contracts.requests.checkin import (
    CallNext,
    FinishTicket,
    GetCounter,
    MarkNoShow,
    OpenCounter,
    RecallTicket,
)
from contracts.requests.floor import GetFloor
from tests.e2e import floor_samples, samples
from tests.e2e.screens import CitizenPages, CounterPage
from tests.e2e.stage import Stage


@pytest.fixture
def counter(stage: Stage, desk: Page) -> CounterPage:
    """Counter 1 of Tarakan, closed, with an officer before it."""
    stage.sign_in(desk, "petugas.trk")
    counter = CounterPage(desk, stage.url)
    counter.open("TRK", 1)
    return counter


def test_an_officer_chooses_a_counter(stage: Stage, desk: Page) -> None:
    """After signing in the counters are listed, with those that are open."""
    CitizenPages(desk, stage.url).sign_in("petugas.trk")
    assert desk.url == f"{stage.url}/loket/TRK"
    expect(desk.locator("a.row-link")).to_have_count(4)
    expect(desk.locator("a.row-link").first).to_contain_text("Melayani A-012")
    desk.get_by_role("link", name="Loket 4").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Loket 4")


def test_citizens_have_no_console(stage: Stage, desk: Page) -> None:
    """The page is refused to other roles."""
    CitizenPages(desk, stage.url).sign_in("andi@contoh.id")
    answer = desk.goto(f"{stage.url}/loket/TRK/1")
    assert answer is not None
    assert answer.status == 403


def test_a_whole_turn_on_the_keyboard(stage: Stage, counter: CounterPage) -> None:
    """B opens, the space bar calls, U calls again, S is done."""
    counter.open_counter()
    assert counter.call_next() == "A-012"
    expect(counter.page.locator(".console-present")).to_contain_text("Pak Andi")
    counter.press("u")
    expect(counter.page.locator(".present-facts")).to_contain_text("2×")
    counter.finish()
    asked = [stage.backend.count(kind) for kind in (OpenCounter, CallNext, RecallTicket, FinishTicket)]
    assert asked == [1, 1, 1, 1]


def test_who_does_not_come_is_noted_after_a_second_call(stage: Stage, counter: CounterPage) -> None:
    """D does nothing before; afterwards the counter is free for the next."""
    counter.open_counter()
    counter.call_next()
    absent = counter.page.get_by_role("button", name="Tidak datang")
    expect(absent).to_be_disabled()
    expect(absent).to_contain_text("sesudah panggil ulang")
    counter.press("d")
    counter.press("u")
    expect(absent).to_be_enabled()
    counter.press("d")
    expect(counter.page.locator(".present-number")).to_have_count(0)
    assert [stage.backend.count(kind) for kind in (RecallTicket, MarkNoShow)] == [1, 1]
    assert counter.call_next() == "A-012"


def test_who_is_still_on_the_way_is_not_absent_yet(stage: Stage, counter: CounterPage) -> None:
    """The button says in how many seconds, and D asks for nothing before."""
    present = samples.counter(1, calls=2)
    assert present.ticket is not None
    on_the_way = replace(present.ticket, absent_from=datetime.now(UTC) + timedelta(seconds=90))
    stage.backend.answer(GetCounter, replace(present, ticket=on_the_way))
    counter.open("TRK", 1)
    button = counter.page.get_by_role("button", name="Tidak datang")
    expect(button).to_contain_text(re.compile(r"\d+ detik lagi"))
    expect(button).to_be_disabled()
    counter.press("d")
    counter.press("s")
    expect(counter.page.locator(".present-number")).to_have_count(0)
    assert stage.backend.count(MarkNoShow) == 0


def test_a_no_show_has_its_words_in_english_too(counter: CounterPage) -> None:
    """And a button for who uses the mouse."""
    counter.page.goto(f"{counter.page.url}?lang=en")
    expect(counter.page.get_by_role("button", name="Open counter")).to_be_enabled()
    counter.press("b")
    counter.press(" ")
    counter.press("u")
    counter.page.get_by_role("button", name="Did not come").click()
    expect(counter.page.locator(".present-number")).to_have_count(0)


def test_only_the_chosen_services_are_opened(stage: Stage, counter: CounterPage) -> None:
    """A counter may serve some services alone."""
    counter.page.get_by_label("Pengambilan paspor").uncheck()
    counter.page.get_by_label("Paspor elektronik").uncheck()
    counter.open_counter()
    assert stage.backend.last(OpenCounter).services == ("new", "renewal", "replacement")


def test_no_service_chosen_means_all(stage: Stage, counter: CounterPage) -> None:
    """As the page says, and the officers' guide; no tick is greyed out."""
    expect(counter.page.locator(".offer")).to_contain_text("Tanpa pilihan berarti semua layanan kantor.")
    for tick in counter.page.locator(".offer input").all():
        tick.uncheck()
    counter.open_counter()
    assert stage.backend.last(OpenCounter).services == ()


def test_what_was_asked_before_an_answer_came_changes_nothing(stage: Stage, counter: CounterPage) -> None:
    """A look at the counter that began while it was being opened tells of a time when it was closed."""
    page = counter.page
    held: dict[str, Route] = {}
    page.route("**/counters/1/open", lambda route: held.update(opening=route))
    page.route("**/counters/1", lambda route: held.update(look=route))
    counter.press("b")
    _until_held(page, held, "opening")
    stage.publish(samples.board(version=2, waiting=15))
    _until_held(page, held, "look")
    before = held["look"].fetch()
    held["opening"].continue_()
    expect(page.get_by_role("button", name="Tutup loket")).to_be_visible()
    with page.expect_response("**/counters/1"):
        held["look"].fulfill(response=before)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.get_by_role("button", name="Tutup loket")).to_be_visible()


def _until_held(page: Page, held: dict[str, Route], name: str) -> None:
    """Let the page go on until a request of it is held."""
    while name not in held:
        page.evaluate("() => null")


def test_impatient_keys_and_clicks_count_once(stage: Stage, counter: CounterPage) -> None:
    """While an answer is awaited nothing else is sent."""
    counter.open_counter()
    stage.backend.answering.clear()
    counter.press(" ")
    for _ in range(3):
        counter.page.keyboard.press(" ")
    expect(counter.page.get_by_role("button", name="Panggil berikutnya")).to_be_disabled()
    stage.backend.answering.set()
    expect(counter.page.locator(".present-number")).to_have_text("A-012")
    assert stage.backend.count(CallNext) == 1


def test_the_space_bar_calls_after_a_click(stage: Stage, counter: CounterPage) -> None:
    """A button that was clicked does not keep the space bar for itself."""
    counter.open_counter()
    counter.page.get_by_role("button", name="Panggil berikutnya").click()
    expect(counter.page.locator(".present-number")).to_be_visible()
    counter.page.get_by_role("button", name="Selesai", exact=True).click()
    expect(counter.page.locator(".present-number")).to_have_count(0)
    assert counter.call_next() == "A-012"
    assert stage.backend.count(FinishTicket) == 1


def test_an_empty_queue_is_told_in_place(stage: Stage, counter: CounterPage) -> None:
    """The console stays as it was, with the reason above."""
    counter.open_counter()
    stage.backend.refuse(CallNext, "queue_empty")
    counter.press(" ")
    expect(counter.page.get_by_role("alert")).to_contain_text("Belum ada yang menunggu.")
    expect(counter.page.get_by_role("button", name="Panggil berikutnya")).to_be_enabled()


def test_after_an_uncertain_outcome_the_counter_is_read_again(stage: Stage, counter: CounterPage) -> None:
    """A call whose answer was lost is shown if it took place."""
    counter.open_counter()
    stage.backend.refuse(CallNext, "outcome_unknown")
    stage.backend.answer(GetCounter, samples.counter(1, calls=1))
    counter.press(" ")
    expect(counter.page.locator(".present-number")).to_have_text("A-012")
    expect(counter.page.get_by_role("alert")).to_contain_text("Sambungan terputus saat diproses.")


def test_the_number_waiting_follows_the_hall(stage: Stage, counter: CounterPage) -> None:
    """Whoever is admitted is counted, and the next five are named."""
    counter.open_counter()
    expect(counter.page.locator(".waiting")).to_have_text("14 menunggu")
    expect(counter.page.locator(".line-one")).to_have_count(5)
    stage.backend.answer(GetFloor, floor_samples.floor(waiting=15))
    stage.publish(samples.board(version=2, waiting=15))
    expect(counter.page.locator(".waiting")).to_have_text("15 menunggu")


def test_where_no_other_counter_is_open_there_is_nowhere_to_send_a_ticket(
    stage: Stage, counter: CounterPage
) -> None:
    """No reason is asked for what cannot be done."""
    calm = floor_samples.floor()
    others = tuple(floor_samples.floor_counter(number) for number in (2, 3, 4))
    stage.backend.answer(GetFloor, replace(calm, counters=(calm.counters[0], *others)))
    stage.backend.answer(GetCounter, samples.counter(1, calls=1))
    counter.open("TRK", 1)
    expect(counter.page.locator(".line-one").first).to_be_visible()
    counter.press("a")
    dialog = counter.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Tidak ada loket lain yang buka.")
    expect(dialog.get_by_label("Alasan")).to_have_count(0)


def test_the_keys_can_be_looked_up_and_switched_off(stage: Stage, counter: CounterPage) -> None:
    """Who types beside the console need not fear to call somebody."""
    counter.open_counter()
    counter.page.keyboard.press("?")
    counter.page.get_by_label("Pakai pintasan").uncheck()
    counter.page.keyboard.press("Escape")
    counter.page.keyboard.press(" ")
    counter.page.get_by_role("button", name="Panggil berikutnya").click()
    expect(counter.page.locator(".present-number")).to_be_visible()
    assert stage.backend.count(CallNext) == 1


def test_a_session_that_is_over_leads_back_to_sign_in(counter: CounterPage) -> None:
    """And from there back to the console."""
    counter.page.context.clear_cookies()
    counter.press("b")
    counter.page.get_by_role("link", name="Masuk lagi").click()
    assert counter.page.url.endswith("/masuk?lanjut=%2Floket%2FTRK%2F1")
