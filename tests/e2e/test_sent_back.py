"""Whatever was posted, Back and a reload ask nobody to send a form anew, on a browser without scripts."""

import pytest
from playwright.sync_api import Page, expect

from contracts.requests.accounts import VerifyAccount
from contracts.requests.assistance import BookWithAssistance, CancelAssistedBooking
from contracts.requests.booking import BookSlot, CancelBooking, RescheduleBooking
from contracts.requests.home_visits import FinishHomeVisit, WithdrawHomeVisit
from contracts.requests.waitlist import AcceptOffer, JoinWaitlist, LeaveWaitlist
from tests.e2e.help_screens import HelpPages
from tests.e2e.home_visit_samples import VISIT
from tests.e2e.page_states import CODES, HOUR
from tests.e2e.samples import CODE, DAY
from tests.e2e.screens import CitizenPages, Person
from tests.e2e.stage import Stage

STRANGERS = ("/masuk", "/daftar", CODES, f"{CODES}/ulang", "/keluar")
CITIZENS = (
    "/akun/sandi",
    "/akun/tampilan",
    "/akun/hapus",
    "/akun/keluarga",
    HOUR,
    f"/kantor/TRK/new/tunggu?mulai={DAY}",
    f"/tiket/{CODE}/batal",
    f"/tiket/{CODE}/jadwal/{DAY}/slot-2",
    "/daftar-tunggu/entry-1/ambil",
    "/daftar-tunggu/entry-1/lepas",
    "/kunjungan",
    f"/kunjungan/{VISIT}/batal",
)
OFFICERS = (
    f"/bantu/TRK/tiket/{CODE}/batal",
    *(f"/bantu/TRK/kunjungan/{VISIT}/{answer}" for answer in ("jadwal", "tolak", "selesai")),
)
REFUSED = (
    *(BookSlot, CancelBooking, RescheduleBooking, AcceptOffer, LeaveWaitlist, JoinWaitlist),
    *(CancelAssistedBooking, WithdrawHomeVisit, FinishHomeVisit),
)
HEADS = ("/kepala/TRK/rencana", "/kepala/TRK/rencana/berlakukan")


@pytest.fixture
def citizen(stage: Stage, phone_without_script: Page) -> CitizenPages:
    """Somebody before the site."""
    return CitizenPages(phone_without_script, stage.url)


def answers(page: Page, url: str, paths: tuple[str, ...]) -> dict[str, int]:
    """Post forms with nothing right in them, and return the status of each answer."""
    headers = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
    fields = {"idempotency_key": "k" * 16, "rencana": "office: TRK\n"}
    found = {}
    for path in paths:
        form = {"multipart": {**fields}} if path == HEADS[0] else {"form": {**fields}}
        answer = page.request.fetch(
            url + path,
            method="POST",
            headers=headers,
            max_redirects=0,
            **form,  # type: ignore[arg-type]
        )
        found[path] = answer.status
    return found


def test_no_form_is_answered_with_a_page(stage: Stage, citizen: CitizenPages) -> None:
    """Refused or not, each leads to an address that is opened by GET."""
    for wanted in REFUSED:
        stage.backend.refuse(wanted, "too_many_attempts")
    page = citizen.page
    found = answers(page, stage.url, STRANGERS)
    stage.sign_in(page, "andi@contoh.id")
    found |= answers(page, stage.url, CITIZENS)
    stage.sign_in(page, "petugas.trk")
    found |= answers(page, stage.url, OFFICERS)
    stage.sign_in(page, "kepala.trk")
    found |= answers(page, stage.url, HEADS)
    assert found == dict.fromkeys((*STRANGERS, *CITIZENS, *OFFICERS, *HEADS), 303)


def test_back_after_a_wrong_code_shows_the_form(stage: Stage, citizen: CitizenPages) -> None:
    """With no question of the browser; a reload of the page with the fault asks nothing either."""
    stage.backend.refuse(VerifyAccount, "bad_code", tries_left=3)
    citizen.open(CODES)
    citizen.type_codes("123456", "654321")
    expect(citizen.page.get_by_role("alert")).to_contain_text("masih dapat mencoba 3 kali")
    citizen.page.get_by_role("link", name="Perbaiki formulirnya").click()
    citizen.page.go_back()
    expect(citizen.page.get_by_role("button", name="Selesai mendaftar")).to_be_visible()
    citizen.page.reload()
    expect(citizen.page.get_by_role("alert")).to_have_count(0)
    assert stage.backend.count(VerifyAccount) == 1


def test_a_booking_that_is_not_sure_keeps_its_key_over_a_reload(stage: Stage, citizen: CitizenPages) -> None:
    """So that trying again afterwards still books once."""
    stage.sign_in(citizen.page, "andi@contoh.id")
    stage.backend.refuse(BookSlot, "no_answer")
    citizen.open(HOUR)
    citizen.confirm()
    first = stage.backend.last(BookSlot).idempotency_key
    expect(citizen.page.get_by_role("heading", level=1)).to_have_text("Pemesanan belum pasti")
    citizen.page.reload()
    citizen.confirm()
    assert stage.backend.count(BookSlot) == 2
    assert stage.backend.last(BookSlot).idempotency_key == first


def test_addresses_of_forms_lead_to_their_page(stage: Stage, citizen: CitizenPages) -> None:
    """Who signs in again after the session has ended comes there, and not to an error."""
    stage.sign_in(citizen.page, "andi@contoh.id")
    for path, page in (
        ("/akun/sandi", "/akun"),
        ("/akun/tampilan", "/akun"),
        ("/akun/keluarga/someone/hapus", "/akun/keluarga"),
        ("/akun/keluarga/someone/tampilan", "/akun/keluarga"),
        (f"/kunjungan/{VISIT}/batal", "/kunjungan"),
        ("/keluar", "/"),
    ):
        citizen.open(path)
        expect(citizen.page).to_have_url(stage.url + page)
    stage.sign_in(citizen.page, "petugas.trk")
    citizen.open(f"/bantu/TRK/kunjungan/{VISIT}/selesai")
    expect(citizen.page).to_have_url(f"{stage.url}/bantu/TRK/kunjungan")


def test_an_hour_that_is_gone_leads_a_helper_to_the_others(stage: Stage, citizen: CitizenPages) -> None:
    """Told once: a reload shows the hours alone."""
    stage.sign_in(citizen.page, "petugas.trk")
    stage.backend.refuse(BookWithAssistance, "slot_full")
    citizen.open(f"/bantu/TRK/new/{DAY}/slot-1")
    HelpPages.over(citizen).book(Person())
    expect(citizen.page).to_have_url(f"{stage.url}/bantu/TRK/new/{DAY}")
    expect(citizen.page.get_by_role("alert")).to_contain_text("Jam terdekat yang masih ada")
    citizen.page.reload()
    expect(citizen.page.get_by_role("alert")).to_have_count(0)
    assert stage.backend.count(BookWithAssistance) == 1
