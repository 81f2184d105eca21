"""The head of an office, without a script: the coming days, a plan checked and applied, devices paired."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from contracts.requests.booking import ChangeOfficePlan
from contracts.requests.devices import ApprovePairing, RenewDevice, TakePairing
from contracts.requests.floor import GetFloor
from contracts.requests.office_head import PreviewOfficePlan, ReadPlanText
from gateway.auth import SESSION_COOKIE
from tests.e2e import floor_samples
from tests.e2e.screens import CitizenPages, KioskPage
from tests.e2e.stage import Stage

CLOSURE = "closures:\n- {from_date: 2026-11-25, hours: 13.00-16.00, reason: Pemadaman listrik}\n"


@pytest.fixture
def head(stage: Stage, phone_without_script: Page) -> CitizenPages:
    """Tarakan's head, on a phone whose browser runs no script."""
    stage.sign_in(phone_without_script, "kepala.trk")
    return CitizenPages(phone_without_script, stage.url)


def test_signing_in_leads_a_head_to_the_own_page(stage: Stage, phone_without_script: Page) -> None:
    """With today; the next fourteen days are beside it."""
    pages = CitizenPages(phone_without_script, stage.url)
    pages.sign_in("kepala.trk")
    expect(phone_without_script).to_have_url(f"{stage.url}/kepala/TRK/hari-ini")
    phone_without_script.get_by_role("link", name="14 hari ke depan").click()
    rows = phone_without_script.locator(".head-days tbody tr")
    expect(rows).to_have_count(14)
    expect(rows.nth(1)).to_contain_text("Rabu, 25 November 2026")
    expect(rows.nth(1)).to_contain_text("08.00–12.00")
    expect(rows.nth(1)).to_contain_text("tutup 13.00–16.00")
    expect(rows.nth(3)).to_contain_text("Hari Guru Nasional")


def test_the_affected_are_listed_to_be_printed(head: CitizenPages) -> None:
    """A line each, with a box to tick; the menu is not on paper."""
    head.open("/kepala/TRK")
    head.page.get_by_role("link", name="Lihat dan cetak daftarnya").click()
    rows = head.page.locator(".head-days tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.first).to_contain_text("Pak Andi")
    head.page.emulate_media(media="print")
    expect(head.page.locator(".site-header")).to_be_hidden()
    expect(rows.first).to_be_visible()


def test_a_plan_is_checked_looked_at_and_applied(stage: Stage, head: CitizenPages) -> None:
    """Nothing changes before the last button; what was edited is what is applied."""
    head.open("/kepala/TRK/rencana")
    text = head.page.locator("#rencana")
    text.fill(text.input_value() + CLOSURE)
    head.submit("Periksa dan lihat akibatnya")
    expect(head.page.locator(".notice")).to_contain_text("4 pemesanan akan terdampak")
    expect(head.page.locator(".head-days tbody tr")).to_have_count(1)
    assert stage.backend.count(ChangeOfficePlan) == 0
    head.submit("Berlakukan rencana ini")
    expect(head.page.get_by_role("status")).to_contain_text("Rencana sudah berlaku")
    applied = stage.backend.last(ChangeOfficePlan).plan
    assert applied == stage.backend.last(PreviewOfficePlan).plan
    assert [closure.reason for closure in applied.closures] == ["Pemadaman listrik"]


def test_a_file_takes_the_place_of_the_text(stage: Stage, head: CitizenPages, tmp_path: Path) -> None:
    """Sent as browsers send files."""
    file = tmp_path / "TRK.yaml"
    file.write_text("office: TRK\nservices: [new]\ncounters: 9\nhours: []\n")
    head.open("/kepala/TRK/rencana")
    head.page.set_input_files("#berkas", file)
    head.submit("Periksa dan lihat akibatnya")
    head.submit("Berlakukan rencana ini")
    assert stage.backend.last(ChangeOfficePlan).plan.counters == 9


def test_mistakes_are_told_with_their_lines_and_the_text_is_kept(stage: Stage, head: CitizenPages) -> None:
    """As `antrean offices check` tells them, in the reader's language."""
    head.open("/kepala/TRK/rencana")
    head.page.fill("#rencana", "office: TRK\nservices: [new]\ncounters: 400\nhours: []\njam: 8\n")
    head.submit("Periksa dan lihat akibatnya")
    faults = head.page.get_by_role("alert").locator("li")
    expect(faults).to_have_text(
        ["Baris 3, counters: Angkanya di luar batas.", "Baris 5, jam: Isian ini tidak dikenal."]
    )
    assert "counters: 400" in head.page.input_value("#rencana")
    assert stage.backend.count(PreviewOfficePlan) == 0


def test_a_plan_that_booking_refuses_is_told_so(stage: Stage, head: CitizenPages) -> None:
    """And stays on the page."""
    stage.backend.refuse(PreviewOfficePlan, "office_plan_invalid", faults=[])
    head.open("/kepala/TRK/rencana")
    head.submit("Periksa dan lihat akibatnya")
    expect(head.page.get_by_role("alert")).to_contain_text("saling bertentangan")
    assert "office: TRK" in head.page.input_value("#rencana")


def test_today_at_a_glance(stage: Stage, head: CitizenPages) -> None:
    """Who asks for help is first; then goals, the longest wait, who was called out of turn."""
    stage.backend.answer(GetFloor, floor_samples.busy_floor())
    head.open("/kepala/TRK/hari-ini")
    expect(head.page.get_by_role("alert")).to_contain_text("Loket 3 meminta bantuan")
    expect(head.page.locator(".today-figures dd")).to_have_text(["10", "2", "31", "1", "2"])
    counters, waiting, goals = head.page.locator(".head-days").all()
    expect(counters.locator("tbody tr").first).to_contain_text("Pak Hasan")
    expect(counters.locator("tbody tr").first).to_contain_text("melewati sasaran 15 menit")
    expect(waiting.locator("tbody tr").first).to_contain_text("44 menit")
    expect(goals.locator("tbody tr").first).to_contain_text("2 dari 24")
    lists = head.page.locator(".today-list")
    expect(lists.first).to_contain_text("A-005 ke loket 2")
    expect(lists.first).to_contain_text("oleh Bu Ratna")
    expect(lists.first).to_contain_text("Sakit atau lemah, Pingsan di ruang tunggu")
    expect(lists.last).to_contain_text("A-003 Sdri. Maria")


def test_today_renews_itself(stage: Stage, desk: Page) -> None:
    """Soon after the hall's board changed; the focus stays where it was."""
    desk.clock.install()
    stage.sign_in(desk, "kepala.trk")
    desk.goto(f"{stage.url}/kepala/TRK/hari-ini")
    desk.locator("#loket-2").focus()
    stage.backend.answer(GetFloor, floor_samples.busy_floor())
    desk.clock.run_for(10_000)
    expect(desk.get_by_role("alert")).to_contain_text("Loket 3 meminta bantuan")
    expect(desk.locator("#loket-2")).to_be_focused()


def test_today_says_when_the_counters_cannot_be_read(stage: Stage, head: CitizenPages) -> None:
    """The head's other pages are a click away."""
    stage.backend.refuse(GetFloor, "service_unavailable")
    assert head.open("/kepala/TRK/hari-ini").status == 200
    expect(head.page.get_by_role("alert")).to_contain_text("Keadaan loket belum dapat dibaca")
    head.page.get_by_role("link", name="Rencana kantor").click()
    expect(head.page.locator("#rencana")).to_be_visible()


@pytest.mark.parametrize("login", ["petugas.trk", "kios.trk", "andi@contoh.id"])
def test_nobody_else_gets_in(stage: Stage, phone_without_script: Page, login: str) -> None:
    """Neither to look nor to apply."""
    stage.sign_in(phone_without_script, login)
    for path in ("", "/hari-ini", "/rencana", "/terdampak", "/rencana/berlakukan"):
        answer = phone_without_script.goto(f"{stage.url}/kepala/TRK{path}")
        assert answer is not None
        assert answer.status == 403
    assert stage.backend.count(ReadPlanText) == 0


def test_a_head_of_another_office_does_not_get_in(stage: Stage, head: CitizenPages) -> None:
    """The plan is each office's own."""
    assert head.open("/kepala/SKW").status == 403


def test_a_kiosk_is_paired_by_the_code_on_its_screen(
    stage: Stage, desk: Page, phone_without_script: Page
) -> None:
    """The head types it on a phone without a script; the kiosk opens, and is back here once it is revoked."""
    stage.backend.refuse(TakePairing, "pairing_pending")
    desk.goto(f"{stage.url}/pasang")
    desk.get_by_role("button", name="Kios").click()
    code = desk.locator("[data-code]").get_attribute("data-code") or ""
    stage.sign_in(phone_without_script, "kepala.trk")
    head = CitizenPages(phone_without_script, stage.url)
    head.open("/kepala/TRK")
    head.page.get_by_role("link", name="Perangkat").click()
    head.page.get_by_label("Kode di layar perangkat").fill(f"{code[:3]} {code[3:]}")
    head.submit("Lanjut: periksa perangkatnya")
    expect(head.page.locator(".device-asked")).to_contain_text("Kios")
    head.page.get_by_label("Nama perangkat").fill("Kios pintu masuk")
    head.submit("Setujui perangkat ini")
    expect(head.page.get_by_role("status")).to_contain_text("Perangkat disetujui")
    approved = stage.backend.last(ApprovePairing)
    assert (approved.user_code, approved.kind, approved.name) == (code, "kiosk", "Kios pintu masuk")
    stage.backend.answer(TakePairing, stage.backend.device_session())
    desk.wait_for_url(f"{stage.url}/kios/TRK")
    kiosk = KioskPage(desk, stage.url)
    kiosk.scan(stage.backend.ticket)
    kiosk.expect_number("A-012")
    head.page.locator(".device-end summary").first.click()
    head.submit("Ya, lepas perangkat ini Kios pintu masuk")
    expect(head.page.get_by_role("status")).to_contain_text("Perangkat sudah dilepas")
    stage.backend.refuse(RenewDevice, "device_not_paired")
    desk.context.clear_cookies(name=SESSION_COOKIE)  # as good as a token that counts no more
    kiosk.scan(stage.backend.ticket)
    desk.wait_for_url(f"{stage.url}/pasang?lepas=1")
    expect(desk.get_by_role("alert")).to_contain_text("Perangkat ini dilepas dari kantornya.")


def test_a_paired_kiosk_whose_token_is_over_goes_on_by_itself(stage: Stage, desk: Page) -> None:
    """It was off overnight: nobody has to sign in."""
    desk.goto(f"{stage.url}/pasang")
    desk.get_by_role("button", name="Kios").click()
    desk.wait_for_url(f"{stage.url}/kios/TRK")
    desk.context.clear_cookies(name=SESSION_COOKIE)
    desk.goto(f"{stage.url}/kios/TRK")
    desk.wait_for_url(f"{stage.url}/kios/TRK")
    expect(desk.locator(".screen-idle")).to_be_visible()
    assert stage.backend.last(RenewDevice).refresh_secret == "a-secret-for-the-next"
