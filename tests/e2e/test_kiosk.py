"""The kiosk admits tickets from the USB scanner, the camera and the keys, and never stays stuck."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright, expect

from contracts.requests.checkin import ScanTicket
from tests.e2e import samples
from tests.e2e.browser import DESK, PHONE, film_of_ticket, launched
from tests.e2e.samples import CODE
from tests.e2e.screens import CitizenPages, KioskPage
from tests.e2e.stage import Stage


def test_a_kiosk_that_is_not_signed_in_is_sent_to_sign_in(stage: Stage, desk: Page) -> None:
    """It comes back to its own page afterwards."""
    desk.goto(f"{stage.url}/kios/TRK")
    CitizenPages(desk, stage.url).sign_in("kios.trk")
    assert desk.url == f"{stage.url}/kios/TRK"


def test_a_kiosk_of_another_office_is_told_so(stage: Stage, desk: Page) -> None:
    """The page names the reason and offers another account."""
    stage.sign_in(desk, "kios.trk")
    answer = desk.goto(f"{stage.url}/kios/SKW")
    assert answer is not None
    assert answer.status == 403
    expect(desk.get_by_role("button", name="Masuk dengan akun lain")).to_be_visible()


def test_a_scanned_ticket_gets_its_number(stage: Stage, kiosk: KioskPage) -> None:
    """The number stands large, with the name and how many wait before it."""
    kiosk.scan(stage.backend.ticket)
    kiosk.expect_number("A-012")
    screen = kiosk.page.locator(".result")
    expect(screen).to_contain_text("Pak Andi")
    expect(screen).to_contain_text("Silakan duduk, tunggu panggilan.")
    expect(screen).to_contain_text("3 orang sebelum Anda")
    expect(screen).to_contain_text("Perkiraan menunggu: 20–40 menit")
    assert stage.backend.last(ScanTicket).ticket == stage.backend.ticket


def test_who_is_back_after_a_missed_call_is_welcome(stage: Stage, kiosk: KioskPage) -> None:
    """Under the same number, and told where in the queue they are."""
    stage.backend.answer(ScanTicket, samples.admission(is_back=True))
    kiosk.scan(stage.backend.ticket)
    kiosk.expect_number("A-012")
    expect(kiosk.page.locator(".result")).to_contain_text("Selamat datang kembali.")
    expect(kiosk.page.locator(".result")).to_contain_text("urutan terakhir")


def test_who_comes_late_is_told_that_others_go_first(stage: Stage, kiosk: KioskPage) -> None:
    """The number is as large as anybody's: they are in."""
    stage.backend.answer(ScanTicket, samples.admission(is_late=True))
    kiosk.scan(stage.backend.ticket)
    kiosk.expect_number("A-012")
    expect(kiosk.page.locator(".result-late")).to_contain_text("Anda terlambat")


def test_a_ticket_scanned_twice_shows_its_number_as_before(stage: Stage, kiosk: KioskPage) -> None:
    """As information, not as an error: large, with how many are before it."""
    stage.backend.refuse(ScanTicket, "already_scanned", number="A-007", waiting_before=4)
    kiosk.scan(stage.backend.ticket)
    kiosk.expect_number("A-007")
    expect(kiosk.page.locator(".result-calm")).to_contain_text("4 orang sebelum Anda")


def test_the_result_makes_room_for_the_next_person(stage: Stage, kiosk: KioskPage) -> None:
    """After some seconds the kiosk waits again by itself."""
    kiosk.scan(stage.backend.ticket)
    kiosk.expect_number("A-012")
    kiosk.page.clock.run_for(11_000)
    expect(kiosk.page.locator(".screen-idle")).to_be_visible()


def test_the_next_scan_replaces_a_result_at_once(stage: Stage, kiosk: KioskPage) -> None:
    """Nobody has to wait for the screen of the person before."""
    kiosk.scan(stage.backend.ticket)
    kiosk.expect_number("A-012")
    stage.backend.refuse(ScanTicket, "ticket_expired")
    kiosk.scan(CODE)
    expect(kiosk.page.get_by_role("heading", level=1)).to_have_text("Masa berlaku tiket ini sudah habis.")


@pytest.mark.parametrize("milliseconds", [10, 70, 400])
def test_a_slow_scanner_is_waited_for(stage: Stage, kiosk: KioskPage, milliseconds: int) -> None:
    """Bluetooth, or a busy device, puts gaps between the keys: the whole ticket arrives all the same."""
    kiosk.scan_slowly(stage.backend.ticket, milliseconds)
    kiosk.expect_number("A-012")
    assert stage.backend.last(ScanTicket).ticket == stage.backend.ticket


def test_a_scanner_without_enter_is_understood(stage: Stage, kiosk: KioskPage) -> None:
    """A second of silence ends a scan too."""
    kiosk.scan(stage.backend.ticket, end=())
    kiosk.page.clock.run_for(1_100)
    kiosk.expect_number("A-012")


@pytest.mark.parametrize(
    "lose",
    [
        lambda ticket: ticket[1:],
        lambda ticket: ticket[-12:],
        lambda ticket: ticket[:-1],
        lambda ticket: ticket[:100] + ticket[101:],
        lambda ticket: ticket[:60],
        lambda ticket: ticket[:-3].lower(),
    ],
    ids=["first letter", "front", "last letter", "a letter", "end", "end, with Caps Lock"],
)
def test_an_incomplete_read_is_told_as_such(
    stage: Stage, kiosk: KioskPage, lose: Callable[[str], str]
) -> None:
    """A genuine ticket is never called false because letters were lost; the next read counts at once."""
    kiosk.scan(lose(stage.backend.ticket))
    expect(kiosk.page.get_by_role("heading", level=1)).to_have_text(
        "Tiket terbaca tidak lengkap, tempelkan sekali lagi."
    )
    assert stage.backend.count(ScanTicket) == 0
    kiosk.scan(stage.backend.ticket)
    kiosk.expect_number("A-012")


def test_another_code_is_still_sent(stage: Stage, kiosk: KioskPage) -> None:
    """What can be no piece of a ticket is judged by the service."""
    stage.backend.refuse(ScanTicket, "ticket_tampered")
    kiosk.scan("https://contoh.id/menu")
    expect(kiosk.page.locator(".result")).to_contain_text("Ini bukan tiket antrean yang sah.")


@pytest.mark.parametrize("milliseconds", [1, 200])
def test_a_scan_counts_while_a_code_is_being_typed(stage: Stage, kiosk: KioskPage, milliseconds: int) -> None:
    """Who found the ticket after all need not leave the keys first."""
    kiosk.begin_typing()
    kiosk.scan_slowly(stage.backend.ticket, milliseconds)
    kiosk.expect_number("A-012")
    assert stage.backend.last(ScanTicket).ticket == stage.backend.ticket


def test_a_person_typing_is_no_scan(stage: Stage, kiosk: KioskPage) -> None:
    """Keys with pauses between them, then Enter, send nothing."""
    for key in (*"ABCDEFGHJK", "Enter"):
        kiosk.page.clock.run_for(200)
        kiosk.page.keyboard.press(key)
    expect(kiosk.page.locator(".screen-idle")).to_be_visible()
    assert stage.backend.count(ScanTicket) == 0


def test_a_scan_is_caught_while_a_button_has_the_focus(stage: Stage, kiosk: KioskPage) -> None:
    """The scanner's Enter presses no button."""
    kiosk.page.get_by_role("button", name="Ketik kode tiket").focus()
    kiosk.scan(stage.backend.ticket)
    kiosk.expect_number("A-012")


def test_the_booking_code_can_be_typed(stage: Stage, kiosk: KioskPage) -> None:
    """When the QR code cannot be read, nine letters and digits do."""
    kiosk.type_code(CODE)
    kiosk.expect_number("A-012")
    assert stage.backend.last(ScanTicket).ticket == CODE


def test_enter_sends_a_code_that_was_tapped(stage: Stage, kiosk: KioskPage) -> None:
    """The focus is on the last letter's button then; once the code is whole, Enter is no letter more."""
    kiosk.begin_typing()
    for letter in CODE.partition("-")[2]:
        kiosk.page.get_by_role("button", name=letter, exact=True).click()
    kiosk.page.keyboard.press("Enter")
    kiosk.expect_number("A-012")
    assert stage.backend.last(ScanTicket).ticket == CODE


def test_typing_that_was_given_up_ends(kiosk: KioskPage) -> None:
    """Who walks away leaves no half code to the next person; who types slowly is not cut off."""
    kiosk.begin_typing()
    for _ in range(3):
        kiosk.page.clock.run_for(15_000)
        kiosk.page.get_by_role("button", name="7", exact=True).click()
        expect(kiosk.page.locator(".keys")).to_be_visible()
    kiosk.page.clock.run_for(21_000)
    expect(kiosk.page.locator(".screen-idle")).to_be_visible()


def test_the_typing_screen_fits_a_phone(stage: Stage, phone: Page) -> None:
    """An officer may hold the kiosk in a hand: nothing stands beside the screen."""
    stage.sign_in(phone, "kios.trk")
    kiosk = KioskPage(phone, stage.url)
    kiosk.open("TRK")
    kiosk.begin_typing()
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_camera_reads_a_ticket_once(stage: Stage, playwright: Playwright, tmp_path: Path) -> None:
    """A code that stays before the camera is one scan, not one a second."""
    film = film_of_ticket(stage.backend.ticket, tmp_path / "ticket.mjpeg")
    with launched(playwright, camera=film) as browser:
        page = browser.new_page(viewport=DESK, locale="id-ID")
        stage.sign_in(page, "kios.trk")
        page.goto(f"{stage.url}/kios/TRK")  # the camera may have read it before the page is looked at
        KioskPage(page, stage.url).expect_number("A-012")
        page.get_by_role("button", name="Selesai").click()
        expect(page.locator("[data-camera=on]")).to_be_visible()
        page.wait_for_function("() => document.querySelector('video').currentTime > 1")
        assert stage.backend.count(ScanTicket) == 1
        assert stage.backend.last(ScanTicket).ticket == stage.backend.ticket
