"""What an officer does beside calling and finishing: all of it by keys, told in place, undone in time."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from contracts.requests.checkin import CallNext, FinishTicket, GetCounter, OpenCounter, RecallTicket
from contracts.requests.counter_deeds import (
    CallTicket,
    ClearEmergency,
    HoldTicket,
    PauseCounter,
    RaiseEmergency,
    ResumeCounter,
    ResumeTicket,
    ReturnTicket,
    TransferTicket,
    UndoLast,
)
from contracts.requests.floor import GetFloor
from tests.e2e import floor_samples, samples
from tests.e2e.screens import CounterPage
from tests.e2e.stage import Stage

PRESENT = "ticket-A-012"


@pytest.fixture
def counter(stage: Stage, desk: Page) -> CounterPage:
    """Counter 1 of Tarakan on a busy floor, with Pak Andi in the middle of his journey before it."""
    stage.backend.answer(GetFloor, floor_samples.busy_floor())
    stage.backend.answer(GetCounter, floor_samples.at_step())
    return opened(stage, desk, "petugas.trk")


def opened(stage: Stage, desk: Page, login: str) -> CounterPage:
    """Show counter 1 once the floor is known."""
    stage.sign_in(desk, login)
    counter = CounterPage(desk, stage.url)
    counter.open("TRK", 1)
    expect(counter.page.locator(".line-one").first).to_be_visible()
    return counter


def test_a_ticket_is_shown_with_its_step_its_class_and_its_goal(counter: CounterPage) -> None:
    """That the goal is over is said in words."""
    present = counter.page.locator(".console-present")
    expect(present).to_contain_text("Langkah 2 dari 3: Biometrik dan wawancara")
    expect(present).to_contain_text("Lansia")
    expect(present).to_contain_text("Berjalan 19 menit")
    expect(present).to_contain_text("melewati sasaran 15 menit")
    held = counter.page.locator(".line-held")
    expect(held).to_have_text(["A-007 Bu Rina Melengkapi berkas", "A-008 Pak Joko"])


def test_a_ticket_is_put_aside_and_taken_back(stage: Stage, counter: CounterPage) -> None:
    """H and the reason's digit; R and the person's."""
    counter.press("h")
    counter.choose(1)
    expect(counter.page.locator(".undo")).to_contain_text("A-012 ditunda")
    put_aside = stage.backend.last(HoldTicket)
    assert (put_aside.reason, put_aside.ticket_id) == ("Melengkapi berkas", PRESENT)
    counter.press("r")
    counter.choose(2)
    expect(counter.page.locator(".present-number")).to_be_visible()
    assert stage.backend.last(ResumeTicket).number == "A-008"


def test_a_ticket_is_sent_elsewhere_with_a_reason(stage: Stage, counter: CounterPage) -> None:
    """To another step of its journey, or to a counter that is not closed."""
    counter.press("a")
    expect(counter.page.locator(".choices button")).to_contain_text(
        ["Pemeriksaan berkas", "Penyerahan", "Loket 2", "Loket 3"]
    )
    counter.page.get_by_label("Alasan").fill("Foto harus diulang")
    counter.page.locator(".choices button").nth(2).focus()
    counter.choose(3)
    expect(counter.page.locator(".present-number")).to_have_count(0)
    sent = stage.backend.last(TransferTicket)
    assert (sent.to_counter, sent.to_step, sent.reason) == (2, None, "Foto harus diulang")
    assert sent.ticket_id == PRESENT


def test_a_visit_ends_with_another_outcome(stage: Stage, counter: CounterPage) -> None:
    """Done is the usual: the others are asked for."""
    counter.press("l")
    counter.page.keyboard.press("k")
    counter.choose(1)
    expect(counter.page.locator(".present-number")).to_have_count(0)
    ended = stage.backend.last(FinishTicket)
    assert (ended.outcome, ended.ticket_id) == ("incomplete", PRESENT)


def test_who_did_not_come_and_stands_there_waits_again(stage: Stage, counter: CounterPage) -> None:
    """M, and the person's digit."""
    counter.press("m")
    counter.choose(1)
    expect(counter.page.get_by_role("dialog")).to_have_count(0)
    assert stage.backend.last(ReturnTicket).number == "A-003"


def test_one_key_is_done_and_calls_the_next(stage: Stage, counter: CounterPage) -> None:
    """Pressed twice by mistake, it does not send away who was called."""
    counter.press("n")
    expect(counter.page.locator(".undo")).to_contain_text("A-012 dipanggil")
    counter.press("n")
    counter.press("n")
    assert [stage.backend.count(kind) for kind in (FinishTicket, CallNext)] == [1, 1]
    assert stage.backend.last(FinishTicket).ticket_id == PRESENT


def test_done_stays_done_where_nobody_is_next(stage: Stage, counter: CounterPage) -> None:
    """The console says both."""
    stage.backend.refuse(CallNext, "queue_empty")
    counter.press("n")
    expect(counter.page.get_by_role("alert").last).to_contain_text("Belum ada yang menunggu.")
    expect(counter.page.locator(".undo")).to_contain_text("A-012 selesai")
    expect(counter.page.locator(".present-number")).to_have_count(0)


def test_the_second_half_of_a_double_click_presses_nothing(stage: Stage, counter: CounterPage) -> None:
    """Though another button stands there by then."""
    counter.press("s")
    counter.page.get_by_role("button", name="Panggil berikutnya").dblclick()
    expect(counter.page.locator(".present-number")).to_be_visible()
    assert [stage.backend.count(kind) for kind in (CallNext, FinishTicket)] == [1, 1]


def test_what_was_done_last_is_undone(stage: Stage, counter: CounterPage) -> None:
    """For as long as the seconds are shown; then Z does nothing."""
    counter.press("s")
    expect(counter.page.locator(".undo-seconds")).to_contain_text("dtk")
    counter.press("z")
    expect(counter.page.locator(".present-number")).to_have_text("A-012")
    expect(counter.page.locator(".undo button")).to_have_count(0)
    counter.press("z")
    assert stage.backend.count(UndoLast) == 1


def test_a_key_that_can_do_nothing_now_says_so(stage: Stage, counter: CounterPage) -> None:
    """For a few seconds, where deeds are told; nothing is sent, and the next deed takes its place."""
    undo = counter.page.locator(".undo")
    counter.press("z")
    expect(undo).to_have_text("Tidak ada yang dapat diurungkan: batasnya 10 detik.")
    counter.page.keyboard.press(" ")
    expect(undo).to_have_text("Panggil berikutnya: tidak dapat sekarang.")
    assert (stage.backend.count(UndoLast), stage.backend.count(CallNext)) == (0, 0)
    counter.press("s")
    expect(undo).to_contain_text("A-012 selesai")


def test_what_another_did_here_has_not_the_words_of_the_own_deed(stage: Stage, counter: CounterPage) -> None:
    """Who finishes a ticket from a second page leaves something to undo: not the call that was made here."""
    counter.press("s")
    undo = counter.page.locator(".undo")
    expect(undo).to_contain_text("A-012 selesai")
    other = samples.counter(1, state="paused")
    stage.backend.answer(GetCounter, replace(other, undo_until=datetime.now(UTC) + timedelta(seconds=30)))
    stage.publish(samples.board(version=2))
    expect(undo).to_contain_text("Tindakan terakhir")


def test_help_does_not_offer_its_switch_to_the_space_bar(counter: CounterPage) -> None:
    """Who opens the help and then calls as usual still has all keys."""
    counter.press("?")
    expect(counter.page.get_by_role("dialog")).to_be_visible()
    counter.page.keyboard.press(" ")
    expect(counter.page.get_by_role("dialog")).to_have_count(0)
    counter.press("?")
    expect(counter.page.get_by_label("Pakai pintasan")).to_be_checked()


def test_a_laptop_shows_the_whole_floor_under_an_emergency(stage: Stage, counter: CounterPage) -> None:
    """At 1366 by 768 nothing has to be looked for below: not who is put aside, either."""
    counter.page.set_viewport_size({"width": 1366, "height": 768})
    expect(counter.page.locator(".alarm")).to_be_visible()
    held = counter.page.locator(".line-held").last.bounding_box()
    assert held is not None
    assert held["y"] + held["height"] <= 768


def test_who_was_called_just_now_is_not_called_again(stage: Stage, counter: CounterPage) -> None:
    """The button says in how many seconds."""
    present = samples.counter(1, calls=1)
    assert present.ticket is not None
    just_called = replace(present.ticket, called_at=datetime.now(UTC))
    stage.backend.answer(GetCounter, replace(present, ticket=just_called))
    counter.open("TRK", 1)
    again = counter.page.get_by_role("button", name=re.compile("^Panggil ulang"))
    expect(again).to_be_disabled()
    expect(again).to_contain_text("detik lagi")
    counter.press("u")
    assert stage.backend.count(RecallTicket) == 0


def test_a_counter_is_paused_and_goes_on(stage: Stage, counter: CounterPage) -> None:
    """The same key there and back."""
    counter.press("j")
    expect(counter.page.locator(".console-present")).to_contain_text("Loket dijeda")
    counter.press("j")
    expect(counter.page.get_by_role("button", name="Panggil berikutnya")).to_be_visible()
    assert [stage.backend.count(kind) for kind in (PauseCounter, ResumeCounter)] == [1, 1]


def test_help_is_asked_for_in_two_steps(stage: Stage, counter: CounterPage) -> None:
    """E alone asks nobody; the end is told with a name."""
    counter.press("e")
    counter.press("e")
    expect(counter.page.get_by_role("dialog")).to_have_count(1)
    assert stage.backend.count(RaiseEmergency) == 0
    counter.page.keyboard.press("Enter")
    own = counter.page.locator(".alarm", has_text="Anda meminta bantuan di loket ini")
    counter.press("e")
    expect(counter.page.get_by_role("dialog")).to_contain_text("atas nama officer TRK")
    counter.page.get_by_role("button", name="Ya, sudah ditangani").click()
    expect(own).to_have_count(0)
    assert [stage.backend.count(kind) for kind in (RaiseEmergency, ClearEmergency)] == [1, 1]


def test_another_counter_that_needs_help_is_seen_here(stage: Stage, counter: CounterPage) -> None:
    """And can be freed from here."""
    counter.page.locator(".alarm", has_text="Loket 3 meminta bantuan").get_by_role("button").click()
    counter.page.get_by_role("button", name="Ya, sudah ditangani").click()
    expect(counter.page.get_by_role("dialog")).to_have_count(0)
    assert stage.backend.last(ClearEmergency).counter == 3
    expect(counter.page.locator(".present-number")).to_have_text("A-012")


def test_a_head_calls_a_number_and_says_why(stage: Stage, desk: Page) -> None:
    """An officer has no such key."""
    stage.backend.answer(GetFloor, floor_samples.busy_floor())
    stage.backend.answer(GetCounter, samples.counter(1))
    counter = opened(stage, desk, "petugas.trk")
    counter.press("c")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    counter = opened(stage, desk, "kepala.trk")
    counter.press("c")
    desk.get_by_label("Nomor antrean").fill("a-014")
    desk.get_by_role("button", name="Panggil nomor ini").click(force=True)
    assert stage.backend.count(CallTicket) == 0
    desk.get_by_label("Sakit atau lemah").check()
    desk.keyboard.press("Enter")
    expect(desk.locator(".present-number")).to_be_visible()
    called = stage.backend.last(CallTicket)
    assert (called.number, called.reason, called.note) == ("A-014", "ill", None)


def test_what_was_typed_is_kept_when_the_link_is_cut(stage: Stage, counter: CounterPage) -> None:
    """The reason why it failed stands in the dialog; sent again, it is done."""
    counter.press("h")
    counter.page.get_by_label("Alasan lain").fill("Menjemput anak")
    counter.page.context.set_offline(True)
    counter.page.keyboard.press("Enter")
    expect(counter.page.get_by_role("dialog")).to_contain_text("Tidak ada sambungan.")
    counter.page.context.set_offline(False)
    expect(counter.page.get_by_label("Alasan lain")).to_have_value("Menjemput anak")
    counter.press("Enter")
    expect(counter.page.get_by_role("dialog")).to_have_count(0)
    assert stage.backend.last(HoldTicket).reason == "Menjemput anak"


def test_the_focus_is_never_lost(counter: CounterPage) -> None:
    """A dialog gives it back; what goes away while it has it leaves it to the page."""
    more = counter.page.get_by_role("button", name="Lainnya")
    more.focus()
    counter.page.keyboard.press("Enter")
    expect(counter.page.get_by_role("dialog")).to_be_visible()
    counter.page.keyboard.press("ArrowDown")
    expect(counter.page.get_by_role("button", name="Alihkan")).to_be_focused()
    counter.page.keyboard.press("Escape")
    expect(more).to_be_focused()
    counter.page.get_by_role("button", name="Selesai", exact=True).focus()
    counter.page.keyboard.press("Enter")
    expect(counter.page.locator(".present-number")).to_have_count(0)
    expect(counter.page.locator("main")).to_be_focused()
    assert counter.call_next() == "A-012"


def test_steps_are_chosen_where_visits_have_some(stage: Stage, desk: Page) -> None:
    """Elsewhere nobody is asked; every step is none named."""
    opened_closed(stage, desk, "TRK")
    expect(desk.locator(".offer")).to_have_count(1)
    counter = opened_closed(stage, desk, "PTK")
    desk.get_by_label("Pemeriksaan berkas").uncheck()
    counter.open_counter()
    assert stage.backend.last(OpenCounter).steps == ("biometrics", "collection")


def opened_closed(stage: Stage, desk: Page, office: str) -> CounterPage:
    """Show a closed counter of an office."""
    stage.sign_in(desk, "petugas.trk", office=office)
    counter = CounterPage(desk, stage.url)
    counter.open(office, 1)
    return counter
