"""The whole story on the real parts: a citizen books, the kiosk reads, a counter calls, the hall hears.

Every step crosses the gateway, RabbitMQ, the four services and PostgreSQL, started as `make run` does.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests
from playwright.sync_api import Page, Playwright, expect

from tests.e2e.browser import DESK, PHONE, TELEVISION, film_of_ticket, launched
from tests.e2e.help_screens import HelpPages
from tests.e2e.screens import BoardPage, CitizenPages, CounterPage, KioskPage, Person
from tests.processes import wait_until
from tests.stack import Stack

OFFICE = "TRK"
SECONDS_TO_THE_BOARD = 2.0


def test_pak_andi_books_scans_is_called_and_hears_it(
    stack: Stack, new_page: Callable[..., Page], playwright: Playwright, tmp_path: Path
) -> None:
    """From the first page to "Pak Andi, Loket 1" on the board within two seconds of the call."""
    andi = Person(
        nik="6473011501900001", birth_date="15-1-1990", phone="0812 5550 0101", email="andi.journey@contoh.id"
    )

    citizen = CitizenPages(new_page(viewport=PHONE), stack.url)
    citizen.register(andi)
    citizen.type_codes(*stack.codes(andi.phone, andi.email))
    code = citizen.book_first("Tarakan", "Paspor baru")
    assert code.startswith(f"{OFFICE}-")

    board = BoardPage(new_page(viewport=TELEVISION), stack.url)
    board.open(OFFICE)

    number = scan_with_camera(stack, playwright, ticket_text(citizen, code), tmp_path)

    counter = CounterPage(new_page(viewport=DESK), stack.url)
    CitizenPages(counter.page, stack.url).sign_in(f"petugas.{OFFICE.lower()}")
    counter.open(OFFICE, 1)
    counter.open_counter()
    called_at = time.monotonic()
    assert counter.call_next() == number
    expect(board.page.locator(".call")).to_contain_text(
        andi.display_name, timeout=1000 * SECONDS_TO_THE_BOARD
    )
    assert time.monotonic() - called_at < SECONDS_TO_THE_BOARD
    board.expect_call(number, "Pak Andi", 1)

    expect_message_on_the_phone(stack, new_page(viewport=PHONE), "+6281255500101", number)
    counter.finish()


def test_bu_sari_brings_her_child_and_moves_their_visit(stack: Stack, new_page: Callable[..., Page]) -> None:
    """Two tickets for one booking, and both at the new time; the first are told to be replaced once."""
    sari = Person(
        name="Sari Lestari",
        nik="6473015501920001",
        birth_date="15-1-1992",
        sex="Perempuan",
        address="Bu",
        nickname="Sari",
        phone="0812 5550 0202",
        email="sari.journey@contoh.id",
    )
    child = Person(
        name="Dewi Lestari", nik="6473014203190001", birth_date="2-3-2019", address="Adik", nickname="Dewi"
    )
    citizen = CitizenPages(new_page(viewport=PHONE), stack.url)
    citizen.open(f"/kantor/{OFFICE}")
    citizen.choose_day_ahead(3)
    citizen.choose_first_hour()
    citizen.fill_registration(sari)
    citizen.submit("Lanjut: minta kode")
    citizen.type_codes(*stack.codes(sari.phone, sari.email))
    citizen.page.get_by_role("link", name="Tambah anggota keluarga").click()
    citizen.add_relative(child)
    citizen.page.get_by_role("checkbox", name="Adik Dewi").check()
    citizen.confirm()
    citizen.page.get_by_role("link", name="Pilih jadwal lain").click()
    citizen.choose_day_ahead(4)
    day = citizen.page.locator("#pilih-jam").inner_text().partition(" WI")[0]
    citizen.choose_first_hour()
    citizen.submit("Ya, pindahkan")
    expect(citizen.page.get_by_role("status")).to_contain_text("Jadwal sudah dipindahkan")
    expect(citizen.page.locator(".ticket")).to_contain_text(day)
    citizen.page.locator("a.row-link", has_text="Adik Dewi").click()
    expect(citizen.page.locator(".ticket")).to_contain_text("Adik Dewi")
    expect(citizen.page.locator(".ticket")).to_contain_text(day)


def test_a_village_books_for_bu_siti_who_has_no_phone(stack: Stack, new_page: Callable[..., Page]) -> None:
    """The village's phone gets the message, the paper the ticket; officers find it by its code."""
    siti = Person(
        name="Siti Aminah", nik="6571015708500017", birth_date="17-8-1950", address="Bu", nickname="Siti"
    )
    clerk = HelpPages(new_page(viewport=PHONE), stack.url)
    clerk.sign_in("desa.malinau")
    clerk.page.locator("a.row-link", has_text="Paspor baru").click()
    clerk.choose_day_ahead(2)
    clerk.choose_first_hour()
    clerk.fill(siti)
    clerk.page.get_by_label("ponsel desa").check()
    clerk.agree()
    code = clerk.ticket_code()
    wait_until(lambda: any(code in text for text in messages_to(stack, "8115550101")))

    officer = HelpPages(new_page(viewport=DESK), stack.url)
    officer.sign_in(f"petugas.{OFFICE.lower()}")
    officer.page.get_by_role("link", name="Bantu pemesanan").click()
    officer.find(code)
    expect(officer.page.locator(".ticket")).to_contain_text("Bu Siti")
    paper = officer.page.get_by_role("link", name="Cetak tiket (80 mm)").get_attribute("href")
    assert officer.page.request.get(f"{stack.url}{paper}").body().startswith(b"%PDF-")
    officer.page.get_by_role("link", name="Batalkan pemesanan ini").click()
    officer.submit("Ya, batalkan")
    expect(officer.page.locator("main")).to_contain_text("Pemesanan ini sudah dibatalkan")


def test_the_office_comes_to_pak_joko_who_is_ill(stack: Stack, new_page: Callable[..., Page]) -> None:
    """He asks, the head says when, and his phone and his page tell him."""
    joko = Person(
        name="Joko Susilo",
        nik="6473011501600003",
        birth_date="15-1-1960",
        nickname="Joko",
        phone="0812 5550 0303",
        email="joko.journey@contoh.id",
    )
    citizen = CitizenPages(new_page(viewport=PHONE), stack.url)
    citizen.register(joko)
    citizen.type_codes(*stack.codes(joko.phone, joko.email))
    citizen.open("/kunjungan")
    citizen.page.get_by_label("Kota atau kabupaten").select_option("Kota Tarakan")
    citizen.page.get_by_label("Alamat lengkap").fill("Jalan Kelapa 7, RT 3")
    citizen.page.get_by_label("Sakit", exact=True).check()
    citizen.page.get_by_label("Saya setuju").check()
    citizen.submit("Kirim permintaan")

    head = CitizenPages(new_page(viewport=DESK), stack.url)
    head.sign_in(f"kepala.{OFFICE.lower()}")
    head.page.get_by_role("link", name="Kunjungan ke rumah").click()
    request = head.page.locator("article", has_text="Joko Susilo")
    expect(request).to_contain_text("Jalan Kelapa 7, RT 3")
    day = datetime.now(UTC).date() + timedelta(days=3)
    request.get_by_label("Tanggal").fill(day.isoformat())
    request.get_by_role("button", name="Kabari pemohon").click()
    expect(head.page.get_by_role("status")).to_contain_text("Jawaban sudah dikirim")

    wait_until(lambda: any("09.00 WITA sampai 12.00" in text for text in messages_to(stack, "81255500303")))
    citizen.open("/kunjungan")
    expect(citizen.page.locator("article")).to_contain_text("Petugas datang")


def messages_to(stack: Stack, number: str) -> list[str]:
    """Read what the sandbox's phone of this number was sent."""
    messages = requests.get(f"{stack.sandbox_url}/messages", timeout=30).json()
    return [one["text"] for one in messages if one["to"].endswith(number)]


def ticket_text(citizen: CitizenPages, code: str) -> str:
    """Read what the QR code on the citizen's ticket says."""
    answer = citizen.page.request.get(f"{citizen.url}/v1/bookings/{code}")
    assert answer.ok, answer.text()
    return str(answer.json()["ticket"])


def scan_with_camera(stack: Stack, playwright: Playwright, ticket: str, folder: Path) -> str:
    """Hold the ticket before the kiosk's camera, and return the number that the kiosk shows."""
    film = film_of_ticket(ticket, folder / "ticket.mjpeg")
    with launched(playwright, camera=film) as browser:
        page = browser.new_page(viewport=DESK, locale="id-ID")
        CitizenPages(page, stack.url).sign_in(f"kios.{OFFICE.lower()}")
        kiosk = KioskPage(page, stack.url)
        page.goto(f"{stack.url}/kios/{OFFICE}")
        number = kiosk.number()
        expect(page.locator("main")).to_contain_text("Pak Andi")
    return number


def expect_message_on_the_phone(stack: Stack, page: Page, phone_number: str, number: str) -> None:
    """Wait until the phone has the call, and see that its page shows it."""

    def called() -> bool:
        texts = messages_to(stack, phone_number.removeprefix("+"))
        return any(number in text and "loket 1" in text for text in texts)

    wait_until(called)
    page.goto(stack.sandbox_url)
    expect(page.locator("main")).to_contain_text("loket 1")
