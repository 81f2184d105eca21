"""The ticket's page during a visit: who missed the kiosk's short screen reads the number here."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from contracts.requests.booking import Bookings as BookingList
from contracts.requests.booking import GetBooking, ListBookings
from tests.e2e.samples import CODE, NINE, booking, visited
from tests.e2e.stage import Stage


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("waiting", "Nomor antrean Anda A-012"),
        ("called", "A-012, silakan ke loket 1"),
        ("held", "Kunjungan Anda belum selesai"),
        ("served", "Kunjungan Anda selesai"),
        ("no_show", "Nomor A-012 sudah dipanggil dua kali"),
    ],
)
def test_the_ticket_tells_how_far_the_visit_is(stage: Stage, phone: Page, state: str, words: str) -> None:
    """A booking in use is not given up; one that was used has no code any more."""
    stage.backend.answer(GetBooking, visited(state, stage.backend.ticket))  # type: ignore[arg-type]
    stage.sign_in(phone, "andi@contoh.id")
    phone.goto(f"{stage.url}/tiket/{CODE}")
    expect(phone.get_by_text(words)).to_be_visible()
    expect(phone.get_by_text("Batalkan pemesanan ini")).to_have_count(0)
    line = phone.locator("a[href='/tunggu/TRK?nomor=A-012']")
    expect(line).to_have_count(1 if state == "waiting" else 0)
    expect(phone.locator(".ticket-qr")).to_have_count(0 if state == "served" else 1)


def test_the_list_tells_the_number_in_the_hall(stage: Stage, phone: Page) -> None:
    """And afterwards that the visit is done."""
    stage.sign_in(phone, "andi@contoh.id")
    for state, words in (("called", "A-012"), ("served", "Selesai"), ("no_show", "Tidak hadir")):
        shown = visited(state, stage.backend.ticket)  # type: ignore[arg-type]
        stage.backend.answer(ListBookings, BookingList(bookings=(shown,)))
        phone.goto(f"{stage.url}/pesanan")
        expect(phone.locator(".chip")).to_have_text(words)


def test_the_open_ticket_tells_of_the_scan_and_of_the_call(stage: Stage, phone: Page) -> None:
    """By itself, on its day: what cannot be done any more goes, and the counter is named."""
    stage.backend.answer(GetBooking, booking(stage.backend.ticket))
    stage.sign_in(phone, "andi@contoh.id")
    phone.clock.install(time=NINE - timedelta(minutes=30))
    phone.goto(f"{stage.url}/tiket/{CODE}")
    with phone.expect_response(f"**/v1/bookings/{CODE}"):
        phone.clock.run_for(15_000)
    cancelling = phone.get_by_text("Batalkan pemesanan ini")
    expect(cancelling).to_be_visible()
    stage.backend.answer(GetBooking, visited("waiting", stage.backend.ticket))
    phone.clock.run_for(15_000)
    expect(phone.get_by_text("Nomor antrean Anda A-012")).to_be_visible()
    expect(cancelling).to_have_count(0)
    stage.backend.answer(GetBooking, visited("called", stage.backend.ticket))
    phone.clock.run_for(5_000)
    expect(phone.get_by_text("A-012, silakan ke loket 1")).to_be_visible()


def test_a_ticket_of_another_day_asks_nothing(stage: Stage, phone: Page) -> None:
    """Nobody is scanned the day before."""
    stage.backend.answer(GetBooking, booking(stage.backend.ticket))
    stage.sign_in(phone, "andi@contoh.id")
    phone.clock.install(time=NINE - timedelta(days=1))
    phone.goto(f"{stage.url}/tiket/{CODE}")
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.clock.run_for(60_000)
    assert not [url for url in asked if "/v1/bookings" in url]
