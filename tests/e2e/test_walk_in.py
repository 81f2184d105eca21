"""Who has no ticket takes a number at the kiosk, with keys or fingers, and knows before how many wait."""

import pytest
from playwright.sync_api import Page, expect

from contracts.requests.walk_in import GetWalkIns, IssueWalkIn, WalkIns
from tests.e2e.accessibility import findings
from tests.e2e.samples import DAY
from tests.e2e.screens import KioskPage
from tests.e2e.stage import Stage

SMALLEST_TARGET = 48
"""Pixels of CSS that a fingertip needs, each way."""


@pytest.fixture
def kiosk(stage: Stage, desk: Page) -> KioskPage:
    """A kiosk that is signed in and waits; its clock is in the test's hand."""
    desk.clock.install()
    stage.sign_in(desk, "kios.trk")
    kiosk = KioskPage(desk, stage.url)
    kiosk.open("TRK")
    return kiosk


def press(page: Page, key: str, until: str) -> None:
    """Press a key until the element with this name has the focus: nobody sees a mouse at a kiosk."""
    for _ in range(12):
        page.keyboard.press(key)
        focused = page.evaluate("() => document.activeElement.closest('label, button')?.innerText ?? ''")
        if until in focused:
            return
    raise AssertionError(f"{key} never reached {until!r}")


def choose(kiosk: KioskPage, service: str) -> None:
    """Touch the way to the last screen before a number."""
    kiosk.page.get_by_role("button", name="Belum punya tiket?").click()
    kiosk.page.get_by_role("button", name=service).click()
    expect(kiosk.page.get_by_role("heading", level=1)).to_have_text(service)


def test_a_number_is_taken_with_the_keyboard_alone(stage: Stage, kiosk: KioskPage) -> None:
    """Service, class, number: Tab, arrows and Enter do it all, and no screen has findings of axe."""
    page = kiosk.page
    press(page, "Tab", until="Belum punya tiket?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ambil nomor tanpa tiket")
    assert findings(page) == []
    press(page, "Tab", until="Paspor baru")
    page.keyboard.press("Enter")
    expect(page.locator(".expected-wait")).to_have_text("5 orang menunggu layanan ini")
    expect(page.locator(".expected-range")).to_have_text("Perkiraan menunggu: 20–40 menit")
    assert findings(page) == []
    press(page, "Tab", until="Umum")
    press(page, "ArrowDown", until="Lansia")
    press(page, "Tab", until="Ambil nomor")
    page.keyboard.press("Enter")
    kiosk.expect_number("A-013")
    expect(page.locator(".result")).to_contain_text("5 orang sebelum Anda")
    assert findings(page) == []
    taken = stage.backend.last(IssueWalkIn)
    assert (taken.office, taken.for_service, taken.priority) == ("TRK", "new", "elderly")


def test_what_is_touched_is_as_large_as_a_fingertip(kiosk: KioskPage) -> None:
    """Also where the screen is small."""
    kiosk.page.get_by_role("button", name="Belum punya tiket?").click()
    kiosk.page.get_by_role("button", name="Paspor baru").wait_for()
    boxes = [one.bounding_box() for one in kiosk.page.locator("main button").all()]
    kiosk.page.get_by_role("button", name="Paspor baru").click()
    boxes += [one.bounding_box() for one in kiosk.page.locator("main button, main label").all()]
    assert all(box and min(box["width"], box["height"]) >= SMALLEST_TARGET for box in boxes)


def test_a_full_service_says_what_to_do_instead(kiosk: KioskPage) -> None:
    """It cannot be touched; another day or the waitlist is named."""
    kiosk.page.get_by_role("button", name="Belum punya tiket?").click()
    full = kiosk.page.get_by_role("button", name="Perpanjangan paspor")
    expect(full).to_contain_text("Penuh untuk hari ini")
    expect(full).to_be_disabled()
    expect(kiosk.page.locator(".walk-in-note")).to_contain_text("daftar tunggu")


def test_a_place_that_another_took_meanwhile_is_told(stage: Stage, kiosk: KioskPage) -> None:
    """The kiosk says so and waits again by itself."""
    stage.backend.refuse(IssueWalkIn, "walk_in_full", service="new", places=7)
    choose(kiosk, "Paspor baru")
    kiosk.page.get_by_role("button", name="Ambil nomor").click()
    expect(kiosk.page.locator(".result")).to_contain_text("sudah habis hari ini")
    kiosk.page.clock.run_for(15_000)
    expect(kiosk.page.locator(".screen-idle")).to_be_visible()


def test_what_nobody_answered_is_asked_again_as_the_same_request(stage: Stage, kiosk: KioskPage) -> None:
    """So a number is never taken twice; when nobody answers at all, an officer helps."""
    stage.backend.refuse(IssueWalkIn, "no_answer")
    choose(kiosk, "Paspor baru")
    kiosk.page.get_by_role("button", name="Ambil nomor").click()
    for _ in range(2):
        kiosk.page.clock.run_for(1_100)
    expect(kiosk.page.locator(".result")).to_contain_text("Layanan belum menjawab.")
    asked = [one.request_id for one in stage.backend.asked if isinstance(one, IssueWalkIn)]
    assert len(asked) == 3
    assert len(set(asked)) == 1


def test_a_day_without_service_sends_to_the_web(stage: Stage, kiosk: KioskPage) -> None:
    """Nothing can be taken."""
    stage.backend.answer(GetWalkIns, WalkIns(office="TRK", date=DAY, services=()))
    kiosk.page.get_by_role("button", name="Belum punya tiket?").click()
    expect(kiosk.page.locator(".screen-walk-in")).to_contain_text("tidak melayani antrean langsung")


def test_who_walks_away_leaves_nothing_to_the_next(kiosk: KioskPage) -> None:
    """After a while without a touch the kiosk waits again; a scan counts at once."""
    choose(kiosk, "Paspor baru")
    kiosk.page.clock.run_for(46_000)
    expect(kiosk.page.locator(".screen-idle")).to_be_visible()


def test_the_number_goes_on_paper_of_80_mm(stage: Stage, kiosk: KioskPage) -> None:
    """The browser prints office, number, service and the code, and nothing else of the screen."""
    choose(kiosk, "Paspor baru")
    kiosk.page.get_by_role("button", name="Ambil nomor").click()
    expect_on_paper(kiosk, "A-013")
    assert kiosk.page.request.get(f"{stage.url}/kios/TRK/nomor/A-013.svg").ok


def test_who_has_a_ticket_can_have_the_number_on_paper_too(stage: Stage, kiosk: KioskPage) -> None:
    """Nobody has to remember it: the screen is the next person's after ten seconds."""
    kiosk.scan(stage.backend.ticket)
    expect_on_paper(kiosk, "A-012")


def expect_on_paper(kiosk: KioskPage, number: str) -> None:
    """Expect a number on the screen, a button that prints, and in print nothing but the paper."""
    kiosk.expect_number(number)
    kiosk.page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    kiosk.page.get_by_role("button", name="Cetak nomor").click()
    assert kiosk.page.evaluate("() => window.printed")
    kiosk.page.emulate_media(media="print")
    paper = kiosk.page.locator(".paper")
    expect(paper).to_be_visible()
    expect(paper).to_contain_text("Kantor Imigrasi Kelas II TPI Tarakan")
    expect(paper.locator(".paper-number")).to_have_text(number)
    for shown in (
        *kiosk.page.locator(".result-card > *").all(),
        *kiosk.page.locator(".result-actions").all(),
    ):
        expect(shown).to_be_visible(visible=shown.get_attribute("class") == "paper")
    expect(kiosk.page.locator(".kiosk-head")).to_be_hidden()
    assert kiosk.page.evaluate("() => document.querySelector('.paper img').naturalWidth") > 0
