"""What the kiosk says when it does not admit a ticket, or cannot ask."""

import re

import pytest
from playwright.sync_api import expect

from contracts.requests.checkin import ScanTicket
from tests.e2e.samples import CODE
from tests.e2e.screens import KioskPage
from tests.e2e.stage import Stage


@pytest.mark.parametrize(
    ("code", "data", "words"),
    [
        ("ticket_tampered", {}, "Ini bukan tiket antrean yang sah."),
        ("ticket_expired", {}, "Masa berlaku tiket ini sudah habis."),
        ("unknown_ticket", {}, "Tiket ini tidak ditemukan."),
        ("ticket_other_office", {"office": "SKW"}, "Tiket ini untuk kantor lain."),
        (
            "ticket_other_office",
            {"office": "SKW", "office_name": "Kanim Singkawang", "distance_km": 93},
            "93 km dari sini",
        ),
        (
            "ticket_other_day",
            {"date": "2026-11-30", "starts_at": "2026-11-30T09:00:00+08:00", "is_past": False},
            "Senin, 30 November 2026 Pukul 09.00 WITA Simpan tiket ini",
        ),
        (
            "ticket_other_day",
            {"date": "2026-11-20", "starts_at": "2026-11-20T09:00:00+08:00", "is_past": True},
            "Hari kedatangan Anda sudah lewat",
        ),
        (
            "too_early",
            {"come_back_at": "2026-11-24T08:00:00+08:00", "starts_at": "2026-11-24T09:00:00+08:00"},
            "Datang lagi pukul 08.00 WITA",
        ),
        (
            "too_late",
            {"starts_at": "2026-11-24T09:00:00+08:00", "ends_at": "2026-11-24T10:00:00+08:00"},
            "09.00–10.00 sudah lewat Buat jadwal baru",
        ),
        ("booking_cancelled", {}, "Pemesanan tiket ini sudah dibatalkan."),
        ("already_scanned", {"number": "A-007", "waiting_before": 4}, "Nomor antrean Anda A-007"),
        ("already_called", {"number": "A-007", "counter": 3}, "Silakan ke Loket 3"),
        ("visit_over", {"number": "A-007"}, "Kunjungan Anda sudah selesai."),
        ("service_unavailable", {}, "Nomor Anda tidak akan ganda."),
        ("no_answer", {}, "Belum ada jawaban."),
        (
            "overloaded",
            {"retry_seconds": 3},
            "Sistem sedang ramai. Tunggu sebentar, lalu tempelkan tiket sekali lagi.",
        ),
        ("internal", {}, "Tiket Anda tetap berlaku. Nomor kejadian untuk petugas:"),
    ],
)
def test_each_refusal_has_its_own_screen_and_ends(
    stage: Stage, kiosk: KioskPage, code: str, data: dict[str, object], words: str
) -> None:
    """It says what is wrong and what to do, and the kiosk waits again by itself."""
    stage.backend.refuse(ScanTicket, code, **data)
    kiosk.scan(stage.backend.ticket)
    screen = kiosk.page.locator(".result")
    expect(screen).to_contain_text(re.compile(r"\s*".join(map(re.escape, words.split()))))
    expect(screen.locator(".result-advice")).not_to_be_empty()
    kiosk.page.clock.run_for(15_000)
    expect(kiosk.page.locator(".screen-idle")).to_be_visible()


def test_a_mistyped_code_leads_straight_back_to_the_keys(stage: Stage, kiosk: KioskPage) -> None:
    """What is wrong is said once."""
    stage.backend.refuse(ScanTicket, "unknown_ticket", code=CODE)
    kiosk.type_code(CODE)
    expect(kiosk.page.locator(".result-card p")).to_have_count(1)
    kiosk.page.get_by_role("button", name="Coba lagi").click()
    expect(kiosk.page.locator(".keys")).to_be_visible()


def test_without_a_network_people_are_sent_to_an_officer(stage: Stage, kiosk: KioskPage) -> None:
    """A cut cable is told, and is over when it is mended."""
    kiosk.page.context.set_offline(True)
    kiosk.scan(stage.backend.ticket)
    expect(kiosk.page.locator(".result")).to_contain_text("Mintalah nomor antrean kepada petugas.")
    kiosk.page.context.set_offline(False)
    kiosk.scan(stage.backend.ticket)
    kiosk.expect_number("A-012")


def test_a_service_that_never_answers_is_given_up(stage: Stage, kiosk: KioskPage) -> None:
    """The kiosk does not wait for ever: ten seconds, which are half a second here."""
    kiosk.page.evaluate(
        """() => {
            const later = window.setTimeout;
            window.setTimeout = (what, milliseconds) => later(what, milliseconds / 20);
        }"""
    )
    stage.backend.answering.clear()
    kiosk.scan(stage.backend.ticket)
    expect(kiosk.page.get_by_role("status")).to_contain_text("Sebentar…")
    expect(kiosk.page.locator(".result")).to_contain_text("Belum ada jawaban.")
    stage.backend.answering.set()


def test_a_session_that_is_over_calls_for_an_officer(stage: Stage, kiosk: KioskPage) -> None:
    """The screen leads an officer to sign the kiosk in again."""
    kiosk.page.context.clear_cookies()
    kiosk.scan(stage.backend.ticket)
    expect(kiosk.page.locator(".result")).to_contain_text("Petugas: masukkan lagi kios ini.")
    expect(kiosk.page.get_by_role("link", name="Masuk")).to_be_visible()
