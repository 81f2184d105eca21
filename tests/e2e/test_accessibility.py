"""No page, in no state, has findings of axe; on a phone nothing is wider than the screen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from contracts.requests.checkin import CallNext, GetCounter, ScanTicket
from contracts.requests.display import GetBoard
from contracts.requests.floor import GetFloor
from tests.e2e import floor_samples, samples
from tests.e2e.accessibility import findings
from tests.e2e.browser import DESK, PHONE, TELEVISION
from tests.e2e.device_states import DEVICE_STATES
from tests.e2e.help_states import HELP_STATES
from tests.e2e.home_visit_states import HOME_VISIT_STATES
from tests.e2e.page_states import CITIZEN_STATES, State
from tests.e2e.report_states import REPORT_STATES
from tests.e2e.screens import BoardPage, CitizenPages, CounterPage, KioskPage
from tests.e2e.stage import Stage

Size = ViewportSize
INTERNAL = 500
"""A page that says so has no findings either."""
ALL_STATES = CITIZEN_STATES | HELP_STATES | HOME_VISIT_STATES | DEVICE_STATES | REPORT_STATES


@pytest.mark.parametrize("state", ALL_STATES.values(), ids=ALL_STATES.keys())
def test_pages_have_no_findings(stage: Stage, kept_phone: Page, state: State) -> None:
    """Names, contrast, order of headings, sizes of targets and the rest of WCAG that a machine can tell.

    Contrast is looked at on a phone: no colour depends on the width. Citizens' pages are looked at on a desk
    in English, in the variants of this.
    """
    pages = CitizenPages(kept_phone, stage.url)
    if state.login:
        stage.sign_in(pages.page, state.login)
    for request, code in state.refuses:
        stage.backend.refuse(request, code)
    for request, answer in state.answers:
        stage.backend.answer(request, answer)
    assert pages.open(state.path).status != INTERNAL
    state.then(pages)
    for size in (PHONE, DESK):
        pages.page.set_viewport_size(size)
        assert pages.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), size
        if size is PHONE or state not in CITIZEN_STATES.values():
            assert (size, findings(pages.page, contrast=size is PHONE)) == (size, [])


def test_the_check_itself_finds_faults(stage: Stage, desk: Page) -> None:
    """A picture without words and a field without a label are found."""
    desk.goto(stage.url)
    desk.evaluate("() => { document.querySelector('main').innerHTML = '<img src=x><input>'; }")
    assert {finding.partition(":")[0] for finding in findings(desk)} >= {"image-alt", "label"}


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_kiosk_has_no_findings(stage: Stage, new_page: Callable[..., Page], size: Size) -> None:
    """Waiting, typing, admitted, refused, and in need of an officer."""
    page = new_page(viewport=size, reduced_motion="reduce")
    stage.sign_in(page, "kios.trk")
    kiosk = KioskPage(page, stage.url)
    kiosk.open("TRK")
    assert findings(page) == []
    page.get_by_role("button", name="Ketik kode tiket").click()
    assert findings(page) == []
    kiosk.scan(stage.backend.ticket)
    kiosk.expect_number("A-012")
    assert findings(page) == []
    nine = "2026-11-24T09:00:00+08:00"
    refusals: dict[str, dict[str, object]] = {
        "ticket_expired": {},
        "already_scanned": {"number": "A-007", "waiting_before": 4},
        "too_early": {"come_back_at": nine, "starts_at": nine},
        "ticket_other_day": {"date": "2026-11-30", "starts_at": nine, "is_past": False},
        "not_signed_in": {},
    }
    for code, data in refusals.items():
        stage.backend.refuse(ScanTicket, code, **data)
        kiosk.scan(stage.backend.ticket)
        expect(page.locator(f".result-card[data-code={code}]")).to_be_visible()
        assert findings(page) == []
    stage.backend.answer(ScanTicket, samples.admission(is_late=True))
    kiosk.scan(stage.backend.ticket)
    expect(page.locator(".result-late")).to_be_visible()
    assert findings(page) == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_console_has_no_findings(stage: Stage, new_page: Callable[..., Page], size: Size) -> None:
    """Closed, ready, with an applicant, with an error, with its help open."""
    page = new_page(viewport=size)
    stage.sign_in(page, "petugas.trk")
    counter = CounterPage(page, stage.url)
    counter.open("TRK", 1)
    assert findings(page) == []
    counter.open_counter()
    assert findings(page) == []
    stage.backend.refuse(CallNext, "queue_empty")
    counter.press(" ")
    expect(page.get_by_role("alert")).to_be_visible()
    assert findings(page) == []
    stage.backend.answer(GetCounter, samples.counter(1, calls=1))
    counter.open("TRK", 1)
    assert findings(page) == []
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert findings(page) == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_what_the_console_asks_has_no_findings(
    stage: Stage, new_page: Callable[..., Page], size: Size
) -> None:
    """On a busy floor, with an emergency; each dialog, while a ticket is there and while none is."""
    page = new_page(viewport=size)
    stage.sign_in(page, "kepala.trk")
    stage.backend.answer(GetFloor, floor_samples.busy_floor())
    for present, keys in ((floor_samples.at_step(), "lhake"), (samples.counter(1), "rmc")):
        stage.backend.answer(GetCounter, present)
        counter = CounterPage(page, stage.url)
        counter.open("TRK", 1)
        expect(page.locator(".alarm")).to_be_visible()
        assert findings(page) == []
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        for key in keys:
            counter.press(key)
            expect(page.get_by_role("dialog")).to_be_visible()
            assert (key, findings(page, contrast=False)) == (key, [])
            page.keyboard.press("Escape")
            expect(page.get_by_role("dialog")).to_have_count(0)
    counter.press("j")
    expect(page.locator(".console-present")).to_contain_text("Loket dijeda")
    assert findings(page) == []


@pytest.mark.parametrize("size", [TELEVISION, PHONE], ids=["television", "phone"])
def test_the_board_has_no_findings(stage: Stage, new_page: Callable[..., Page], size: Size) -> None:
    """Quiet, calling, without a link, and with nobody called yet."""
    page = new_page(viewport=size, reduced_motion="reduce")
    board = BoardPage(page, stage.url)
    board.open("TRK")
    assert findings(page) == []
    stage.publish(samples.board(calls=(samples.call("C-101", "Sdri. Maria Goreti", 12),), version=2))
    expect(page.locator(".call-now")).to_be_visible()
    assert findings(page) == []
    notices = (samples.notice(begins_in=timedelta(0)), samples.notice(begins_in=timedelta(days=2)))
    stage.publish(samples.board(version=3, notices=notices))
    expect(page.locator(".board-notices p")).to_have_count(2)
    assert findings(page) == []
    page.context.set_offline(True)
    expect(page.get_by_role("alert")).to_be_visible()
    assert findings(page) == []
    page.context.set_offline(False)
    stage.backend.answer(GetBoard, samples.board("SKW", calls=()))
    board.open("SKW")
    assert findings(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
