"""Officers and village clerks book for people, on a phone whose browser runs no script."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from contracts.requests.assistance import (
    BookWithAssistance,
    CancelAssistedBooking,
    GetAssistedBooking,
    GetVillage,
    Village,
)
from tests.e2e.help_samples import MALINAU
from tests.e2e.help_screens import HelpPages
from tests.e2e.samples import CODE, DAY, NINE
from tests.e2e.screens import Person
from tests.e2e.stage import Stage
from tests.held_clock import hold_clock

HOUR = f"/bantu/TRK/new/{DAY}/slot-1"


@pytest.fixture
def pages(stage: Stage, phone_without_script: Page) -> HelpPages:
    """The site, before somebody who is not signed in yet."""
    return HelpPages(phone_without_script, stage.url)


def test_a_villages_clerk_books_and_prints(
    stage: Stage, pages: HelpPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From signing in to the paper in six screens; the hours are those that people from there can keep."""
    hold_clock(monkeypatch, "gateway.pages.assist.applicant", NINE - timedelta(days=1))
    pages.sign_in("desa.malinau")
    expect(pages.page).to_have_url(f"{stage.url}/bantu/TRK")
    pages.page.locator("a.row-link", has_text="Paspor baru").click()
    pages.choose_first_hour()
    expect(pages.page.locator("main")).to_contain_text(MALINAU)
    pages.fill(Person())
    pages.page.get_by_label("ponsel desa").check()
    pages.agree()
    expect(pages.page.get_by_role("status")).to_contain_text("Sudah dipesankan")
    assert pages.ticket_code() == CODE
    for words, paper in (("A6", "a6"), ("80 mm", "80mm")):
        address = pages.page.get_by_role("link", name=words).get_attribute("href")
        answer = pages.page.request.get(f"{stage.url}{address}")
        assert (answer.body()[:5], f"paper={paper}" in str(address)) == (b"%PDF-", True)
    asked = stage.backend.last(BookWithAssistance)
    assert (asked.role, asked.office, asked.for_service) == ("village", "TRK", "new")
    assert (asked.display_name, asked.birth_date) == ("Pak Andi", date(1990, 11, 23))
    assert (asked.consent, asked.consent_given, asked.via_village) == (True, "spoken", True)
    assert (asked.phone, asked.priority, asked.district) == (None, "regular", MALINAU)


def test_no_nik_is_in_an_address_or_a_cookie(stage: Stage, pages: HelpPages) -> None:
    """It travels in the pages alone, and is there again when one goes back to change it."""
    stage.sign_in(pages.page, "petugas.trk")
    pages.open(HOUR)
    pages.fill(Person())
    assert Person().nik not in pages.page.url
    assert Person().nik not in str(pages.page.context.cookies())
    pages.submit("Ubah data pemohon")
    assert pages.page.input_value("#nik") == Person().nik
    pages.book(Person(nickname="Andy"))
    assert stage.backend.last(BookWithAssistance).display_name == "Pak Andy"


def test_an_officer_has_no_villages_phone_to_choose(stage: Stage, pages: HelpPages) -> None:
    """And what somebody sends all the same does not count."""
    stage.sign_in(pages.page, "petugas.trk")
    pages.open(HOUR)
    pages.fill(Person())
    expect(pages.page.get_by_label("ponsel desa")).to_have_count(0)
    pages.page.get_by_label("Nomor WhatsApp pemohon").fill("0812 3456 7890")
    pages.agree()
    asked = stage.backend.last(BookWithAssistance)
    assert (asked.role, asked.phone, asked.via_village) == ("officer", "0812 3456 7890", False)


@pytest.mark.parametrize(
    ("code", "words", "screen"),
    [
        ("bad_nik", "NIK ini tidak benar", "Siapa yang datang?"),
        ("birth_date_not_of_nik", "tidak sesuai dengan NIK", "Siapa yang datang?"),
        ("bad_phone", "Nomor ini tidak dapat dihubungi", "Persetujuan pemohon"),
        ("applicant_has_booking", "sudah punya antrean aktif", "Persetujuan pemohon"),
        ("slot_full", "baru saja penuh", "Kapan pemohon datang?"),
    ],
)
def test_a_refusal_is_told_where_it_can_be_mended(
    stage: Stage, pages: HelpPages, code: str, words: str, screen: str
) -> None:
    """On the screen of its field, or with other hours; what was typed stays."""
    stage.sign_in(pages.page, "petugas.trk")
    stage.backend.refuse(BookWithAssistance, code)
    pages.open(HOUR)
    pages.book(Person())
    expect(pages.page.get_by_role("alert")).to_contain_text(words)
    expect(pages.page.get_by_role("heading", level=1)).to_have_text(screen)
    if screen == "Siapa yang datang?":
        assert pages.page.input_value("#name") == Person().name


def test_trying_again_books_once(stage: Stage, pages: HelpPages) -> None:
    """When nobody knows whether it was booked, the same key is sent again."""
    stage.sign_in(pages.page, "petugas.trk")
    stage.backend.refuse(BookWithAssistance, "no_answer")
    pages.open(HOUR)
    pages.book(Person())
    stage.backend.answer(BookWithAssistance, stage.backend.booking)
    pages.submit("Pesankan sekarang")
    assert pages.ticket_code() == CODE
    keys = {one.idempotency_key for one in stage.backend.asked if isinstance(one, BookWithAssistance)}
    assert len(keys) == 1


def test_without_consent_nothing_is_asked_of_a_person(stage: Stage, pages: HelpPages) -> None:
    """How they agreed has to be chosen, too."""
    stage.sign_in(pages.page, "petugas.trk")
    pages.open(HOUR)
    pages.fill(Person())
    pages.submit("Pesankan sekarang")
    expect(pages.page.get_by_role("alert")).to_contain_text("Pilih bagaimana pemohon menyetujui")
    assert stage.backend.count(BookWithAssistance) == 0


def test_a_booking_is_found_again_and_given_up(stage: Stage, pages: HelpPages) -> None:
    """By its code, in small letters too; after asking once."""
    stage.sign_in(pages.page, "petugas.trk")
    pages.open("/bantu")
    pages.find(f" {CODE.lower()} ")
    expect(pages.page).to_have_url(f"{stage.url}/bantu/TRK/tiket/{CODE}")
    assert stage.backend.last(GetAssistedBooking).role == "officer"
    pages.page.get_by_role("link", name="Batalkan pemesanan ini").click()
    assert stage.backend.count(CancelAssistedBooking) == 0
    pages.submit("Ya, batalkan")
    expect(pages.page.locator("main")).to_contain_text("Pemesanan ini sudah dibatalkan")
    assert stage.backend.last(CancelAssistedBooking).code == CODE


def test_who_looks_for_a_citizens_own_ticket_is_told_where_it_is(stage: Stage, pages: HelpPages) -> None:
    """Beside the field, with what was typed: not in words for the citizen, who is not there."""
    stage.backend.refuse(GetAssistedBooking, "unknown_booking")
    stage.sign_in(pages.page, "petugas.trk")
    pages.open("/bantu/TRK")
    pages.find(CODE)
    expect(pages.page.get_by_role("alert")).to_contain_text("bukan dari pesanan yang dibantu di sini")
    expect(pages.page.get_by_label("Kode pemesanan")).to_have_value(CODE)


def test_a_village_of_two_offices_chooses(stage: Stage, pages: HelpPages) -> None:
    """And gets into no other."""
    stage.backend.answer(GetVillage, Village(district=MALINAU, offices=("TRK", "SKW")))
    pages.sign_in("desa.malinau")
    pages.page.locator("a.row-link", has_text="Singkawang").click()
    expect(pages.page.locator("main")).to_contain_text("Kantor Imigrasi Kelas II TPI Singkawang")
    assert pages.open("/bantu/PTK/new").status == 403


@pytest.mark.parametrize("login", ["kios.trk", "andi@contoh.id"])
def test_nobody_else_gets_in(stage: Stage, phone_without_script: Page, login: str) -> None:
    """Neither devices nor citizens; an officer of another office neither."""
    stage.sign_in(phone_without_script, login)
    pages = HelpPages(phone_without_script, stage.url)
    for path in ("/bantu", "/bantu/TRK", HOUR, f"/bantu/TRK/tiket/{CODE}"):
        assert pages.open(path).status == 403
    stage.sign_in(phone_without_script, "petugas.trk")
    assert pages.open("/bantu/SKW").status == 403
