"""The staff read who has booked a day, and print it for when the screens are dark."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from contracts.requests.appointments import ListAppointments
from tests.e2e.appointment_samples import nobody
from tests.e2e.screens import CitizenPages
from tests.e2e.stage import Stage

OFFICER, HEAD, LIST = "petugas.trk", "kepala.trk", "/loket/TRK/janji"


def test_an_officer_reads_who_is_expected_and_who_has_come(stage: Stage, phone_without_script: Page) -> None:
    """From the choice of counters."""
    stage.sign_in(phone_without_script, OFFICER)
    pages = CitizenPages(phone_without_script, stage.url)
    pages.open("/loket/TRK")
    with pages.page.expect_navigation():
        pages.page.get_by_role("link", name="Janji temu").click()
    main = pages.page.locator("main")
    expect(main).to_contain_text("7 janji, 4 sudah datang")
    come, expected = (main.get_by_role("row", name=name) for name in ("Pak Andi", "Bu Maria"))
    for words in ("08.00", "TRK-7K3M9P", "A-001", "Selesai"):
        expect(come).to_contain_text(words)
    for words in ("09.00", "TRK-4PQ5RS", "Pengambilan paspor", "Belum datang"):
        expect(expected).to_contain_text(words)


def test_another_day_is_a_link_away(stage: Stage, phone_without_script: Page) -> None:
    """For the list that is printed the evening before."""
    stage.sign_in(phone_without_script, HEAD)
    pages = CitizenPages(phone_without_script, stage.url)
    pages.open(LIST)
    with pages.page.expect_navigation():
        pages.page.get_by_role("link", name="Besok").click()
    today = datetime.now(ZoneInfo("Asia/Makassar")).date()
    assert stage.backend.last(ListAppointments).day == today + timedelta(days=1)
    expect(pages.page.locator("main")).not_to_contain_text("sudah datang")


def test_paper_has_the_list_and_a_box_for_each_who_has_not_come(stage: Stage, desk: Page) -> None:
    """Without what only a screen can do."""
    stage.sign_in(desk, OFFICER)
    CitizenPages(desk, stage.url).open(LIST)
    desk.emulate_media(media="print")
    expect(desk.get_by_role("cell", name="TRK-4PQ5RS")).to_be_visible()
    expect(desk.get_by_role("button", name="Cetak")).to_be_hidden()
    expect(desk.get_by_role("link", name="Besok")).to_be_hidden()
    assert desk.locator(".head-box").count() == 3


def test_a_day_without_bookings_and_a_day_that_is_none(stage: Stage, phone_without_script: Page) -> None:
    """Each is said."""
    stage.sign_in(phone_without_script, OFFICER)
    stage.backend.answer(ListAppointments, nobody)
    pages = CitizenPages(phone_without_script, stage.url)
    pages.open(LIST)
    expect(pages.page.locator("main")).to_contain_text("Belum ada janji pada hari ini")
    pages.open(f"{LIST}?tanggal=besok")
    expect(pages.page.locator("main")).to_contain_text("Pilih hari dari daftar.")


def test_check_in_away_is_said(stage: Stage, phone_without_script: Page) -> None:
    """The days stay where they are."""
    stage.sign_in(phone_without_script, OFFICER)
    stage.backend.refuse(ListAppointments, "service_unavailable")
    pages = CitizenPages(phone_without_script, stage.url)
    pages.open(LIST)
    expect(pages.page.get_by_role("alert")).to_be_visible()
    expect(pages.page.get_by_role("link", name="Besok")).to_be_visible()
