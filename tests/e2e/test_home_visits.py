"""A visit at home is asked for, answered, and withdrawn, on phones whose browsers run no script."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from contracts.requests.dependents import Dependents, ListDependents
from contracts.requests.home_visits import (
    DeclineHomeVisit,
    FinishHomeVisit,
    HomeVisits,
    ListHomeVisits,
    ListOwnHomeVisits,
    RequestHomeVisit,
    ScheduleHomeVisit,
    WithdrawHomeVisit,
)
from tests.e2e.citizen_samples import family
from tests.e2e.home_visit_samples import VISIT, home_visit
from tests.e2e.screens import CitizenPages
from tests.e2e.stage import Stage

DESK = "/bantu/TRK/kunjungan"


@pytest.fixture
def pages(stage: Stage, phone_without_script: Page) -> CitizenPages:
    """The site, before nobody yet."""
    return CitizenPages(phone_without_script, stage.url)


def test_a_citizen_asks_for_their_mother(stage: Stage, pages: CitizenPages) -> None:
    """From the list of tickets; what was sent is said once, and the office's answer is on the page."""
    stage.sign_in(pages.page, "andi@contoh.id")
    stage.backend.answer(ListDependents, Dependents(dependents=family()))
    pages.open("/pesanan")
    pages.page.get_by_role("link", name="Minta kunjungan ke rumah").click()
    pages.page.get_by_label("Untuk siapa?").select_option(family()[0].person_id)
    pages.page.get_by_label("Kota atau kabupaten").select_option("Kabupaten Bengkayang")
    pages.page.get_by_label("Alamat lengkap").fill("Jalan Kelapa 7,  RT 3")
    pages.page.get_by_label("Lanjut usia").check()
    pages.page.get_by_label("Saya setuju").check()
    stage.backend.answer(ListOwnHomeVisits, HomeVisits(visits=(home_visit("scheduled"),)))
    pages.submit("Kirim permintaan")
    asked = stage.backend.last(RequestHomeVisit)
    assert (asked.person_id, asked.dependent) == ("citizen-1", family()[0].person_id)
    assert (asked.district, asked.address) == ("Kabupaten Bengkayang", "Jalan Kelapa 7, RT 3")
    assert (asked.reason, asked.note, asked.consent) == ("elderly", None, True)
    expect(pages.page.get_by_role("status")).to_contain_text("Permintaan sudah dikirim")
    expect(pages.page.locator("article")).to_contain_text("Selasa, 24 November 2026")
    pages.page.reload()
    expect(pages.page.get_by_role("status")).to_have_count(0)


def test_what_is_wrong_is_told_and_what_was_typed_stays(stage: Stage, pages: CitizenPages) -> None:
    """The consent at once with the rest; nothing is sent without it."""
    stage.sign_in(pages.page, "andi@contoh.id")
    pages.open("/kunjungan")
    pages.page.get_by_label("Alamat lengkap").fill("RT 3")
    pages.submit("Kirim permintaan")
    expect(pages.page.get_by_role("alert").locator("li")).to_have_count(4)
    assert pages.page.input_value("#home") == "RT 3"
    assert stage.backend.count(RequestHomeVisit) == 0


def test_who_asked_needs_it_no_more(stage: Stage, pages: CitizenPages) -> None:
    """One button; one that is over has none."""
    stage.sign_in(pages.page, "andi@contoh.id")
    stage.backend.answer(ListOwnHomeVisits, HomeVisits(visits=(home_visit(), home_visit("done"))))
    pages.open("/kunjungan")
    stage.backend.answer(ListOwnHomeVisits, HomeVisits(visits=(home_visit("withdrawn"),)))
    pages.submit("Batalkan permintaan Pak Andi")
    assert stage.backend.last(WithdrawHomeVisit).visit_id == VISIT
    expect(pages.page.get_by_role("button", name="Batalkan permintaan")).to_have_count(0)


def test_the_office_answers_with_a_day_and_hours(stage: Stage, pages: CitizenPages) -> None:
    """The head from the own page; without a day nothing is sent."""
    stage.sign_in(pages.page, "kepala.trk")
    pages.open("/kepala/TRK")
    pages.page.get_by_role("link", name="Kunjungan ke rumah").click()
    first = pages.page.locator("article").first
    expect(first).to_contain_text("Andi Pratama")
    first.get_by_label("Tanggal").evaluate("field => field.removeAttribute('required')")
    first.get_by_label("Sampai jam").select_option("10.00")
    pages.submit("Kabari pemohon")
    expect(pages.page.get_by_role("alert")).to_have_text("Isi tanggal dan kedua jam.")
    assert stage.backend.count(ScheduleHomeVisit) == 0
    expect(pages.page.get_by_label("Sampai jam").first).to_have_value("10.00")
    pages.page.locator("article").first.get_by_label("Tanggal").fill("2026-11-25")
    pages.page.get_by_label("Sampai jam").first.select_option("11.00")
    pages.submit("Kabari pemohon")
    asked = stage.backend.last(ScheduleHomeVisit)
    assert (asked.visit_id, asked.date, asked.window) == (VISIT, date(2026, 11, 25), "09.00-11.00")
    assert (asked.officer_id, asked.role) == ("head-1", "head")
    expect(pages.page.get_by_role("status")).to_contain_text("Jawaban sudah dikirim")


def test_the_office_declines_with_a_reason_or_says_that_it_was_there(
    stage: Stage, pages: CitizenPages
) -> None:
    """Officers too."""
    stage.sign_in(pages.page, "petugas.trk")
    pages.open("/bantu/TRK")
    pages.page.get_by_role("link", name="Kunjungan ke rumah").click()
    pages.page.locator("summary", has_text="Tidak dapat datang").first.click()
    pages.page.get_by_label("Alasan yang dibaca pemohon").first.select_option("no_team")
    pages.page.get_by_role("button", name="Kirim jawaban ini").first.click()
    expect(pages.page.get_by_role("status")).to_contain_text("Jawaban sudah dikirim")
    assert stage.backend.last(DeclineHomeVisit).decline_reason == "no_team"
    pages.submit("Sudah dikunjungi Sari Lestari")
    expect(pages.page.get_by_role("status")).to_contain_text("ditandai selesai")
    assert stage.backend.count(FinishHomeVisit) == 1


@pytest.mark.parametrize("login", ["desa.malinau", "kios.trk", "andi@contoh.id"])
def test_nobody_else_reads_who_is_ill(stage: Stage, pages: CitizenPages, login: str) -> None:
    """Neither villages, nor devices, nor citizens; nor another office."""
    stage.sign_in(pages.page, login)
    assert pages.open(DESK).status == 403
    stage.sign_in(pages.page, "petugas.trk")
    assert pages.open("/bantu/SKW/kunjungan").status == 403
    assert pages.open("/kunjungan").status == 403
    assert stage.backend.count(ListHomeVisits) == 0
