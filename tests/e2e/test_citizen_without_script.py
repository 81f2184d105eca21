"""A citizen registers, books, sees and cancels on a cheap phone whose browser runs no script."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from contracts.requests.accounts import CreateAccount, OpenSession, ResendCodes, VerifyAccount
from contracts.requests.booking import BookSlot, CancelBooking, GetBooking, ListSlots, Slots
from tests.e2e import samples
from tests.e2e.samples import CODE, REGISTRATION
from tests.e2e.screens import CitizenPages, Person
from tests.e2e.stage import Stage

HOUR = "/kantor/TRK/new/2026-11-24/slot-1"


@pytest.fixture
def citizen(stage: Stage, phone_without_script: Page) -> CitizenPages:
    """A citizen before the site."""
    return CitizenPages(phone_without_script, stage.url)


def test_from_the_first_page_to_the_ticket(stage: Stage, citizen: CitizenPages) -> None:
    """Home, office with days and hours, registration, codes, confirmation, ticket."""
    citizen.open("/")
    citizen.find_hours("Tarakan", "Paspor baru")
    citizen.choose_first_hour()
    expect(citizen.page.locator("main")).to_contain_text("Selasa, 24 November 2026, 09.00 WITA")
    citizen.fill_registration(Person())
    citizen.submit("Lanjut: minta kode")
    citizen.type_codes()
    expect(citizen.page.get_by_role("heading", level=1)).to_have_text("Periksa, lalu pesan")
    citizen.confirm()

    assert citizen.ticket_code() == CODE
    ticket = citizen.page.locator("main")
    expect(ticket).to_contain_text("Selasa, 24 November 2026")
    expect(ticket).to_contain_text("09.00–10.00 WITA")
    expect(ticket).to_contain_text("Datang 30 menit lebih awal")
    asked = stage.backend.last(CreateAccount)
    assert (asked.display_name, asked.birth_date, asked.sex) == ("Pak Andi", date(1990, 11, 23), "male")
    assert stage.backend.last(VerifyAccount).registration_id == REGISTRATION
    assert stage.backend.last(BookSlot).person_id == "citizen-1"


def test_the_qr_code_on_the_screen_is_the_ticket(stage: Stage, citizen: CitizenPages) -> None:
    """Whoever photographs the page reads the signed text of the booking."""
    citizen.sign_in("andi@contoh.id")
    citizen.open(f"/tiket/{CODE}")
    picture = Image.open(io.BytesIO(citizen.page.locator(".ticket-qr").screenshot()))
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == stage.backend.ticket


def test_a_form_with_faults_keeps_what_was_written(citizen: CitizenPages) -> None:
    """Each fault is told in a summary and beside its field; NIK and password have to be written again."""
    citizen.open("/daftar")
    citizen.fill_registration(Person(nik="12345", email="andi", address="", password="pendek"))
    citizen.submit("Lanjut: minta kode")

    page = citizen.page
    summary = page.get_by_role("alert")
    expect(summary.get_by_role("link")).to_have_text(
        [
            "NIK terdiri dari 16 angka; yang ditulis kurang.",
            "Pilih sapaan.",
            "Alamat surel belum benar. Tulis seperti nama@contoh.id.",
            "Kata sandi paling sedikit 10 karakter.",
        ]
    )
    expect(page.locator("#nik-fault")).to_contain_text("NIK terdiri dari 16 angka")
    expect(page.locator("#nik")).to_have_attribute("aria-invalid", "true")
    assert page.input_value("#name") == "Andi Pratama"
    assert (page.input_value("#nik"), page.input_value("#password")) == ("", "")
    assert "12345" not in str(page.context.cookies())
    for field in ("nik", "password"):
        expect(page.locator(f"#{field}")).to_have_attribute("aria-describedby", re.compile(f"{field}-again"))
        expect(page.locator(f"#{field}-again")).to_contain_text("sekali lagi")


def test_a_field_that_is_right_and_not_sent_back_is_named_in_the_summary(citizen: CitizenPages) -> None:
    """A short password alone leaves the NIK empty too; who has typed nothing is told to type, not again."""
    citizen.register(Person(password="pendek"))
    summary = citizen.page.get_by_role("alert").get_by_role("link")
    expect(summary).to_have_text(
        [
            "Kata sandi paling sedikit 10 karakter.",
            "Tulis NIK sekali lagi: demi keamanan tidak disimpan di halaman ini.",
        ]
    )
    summary.last.click()
    expect(citizen.page.locator("#nik")).to_be_focused()
    citizen.open("/daftar?lang=en")
    expect(citizen.page.locator("#nik-again")).to_contain_text("Type the NIK once more")
    citizen.page.context.clear_cookies()
    citizen.open("/daftar")
    expect(citizen.page.locator(".field-again")).to_have_count(0)


def test_a_date_that_is_none_and_words_for_a_number_are_told_as_such(citizen: CitizenPages) -> None:
    """Not how they are to be written, for that is right or beside the point."""
    citizen.open("/daftar")
    citizen.fill_registration(Person(birth_date="31-02-1990", phone="abc"))
    citizen.submit("Lanjut: minta kode")
    expect(citizen.page.locator("#birth_date-fault")).to_contain_text("Tanggal itu tidak ada.")
    expect(citizen.page.locator("#phone-fault")).to_contain_text("Tulis nomor dengan angka saja")


def test_an_hour_that_has_begun_says_to_come_now(stage: Stage, citizen: CitizenPages) -> None:
    """Before it is booked and on its ticket; half an hour earlier is past."""
    now = datetime.now(UTC)
    starts_at, ends_at = now - timedelta(minutes=20), now + timedelta(minutes=40)
    wanted = next(one for one in samples.slots(samples.DAY) if one.slot_id == "slot-1")
    begun = replace(wanted, starts_at=starts_at, ends_at=ends_at)
    stage.backend.answer(ListSlots, Slots(office="TRK", service="new", date=samples.DAY, slots=(begun,)))
    stage.backend.answer(GetBooking, replace(stage.backend.booking, starts_at=starts_at, ends_at=ends_at))
    citizen.sign_in("andi@contoh.id")
    citizen.open(HOUR)
    expect(citizen.page.locator(".summary")).to_contain_text("Datang sekarang, paling lambat")
    citizen.open(f"/tiket/{CODE}")
    expect(citizen.page.locator(".advice")).to_contain_text("Datang sekarang, paling lambat")
    expect(citizen.page.locator(".advice")).not_to_contain_text("30 menit lebih awal")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("bad_nik", "NIK ini tidak benar"),
        ("nik_mismatch", "tidak sesuai dengan tanggal lahir"),
        ("bad_birth_date", "Tanggal lahir ini tidak mungkin benar"),
        ("bad_phone", "Nomor ini tidak dapat dihubungi"),
    ],
)
def test_what_booking_finds_wrong_stands_beside_the_field(
    stage: Stage, citizen: CitizenPages, code: str, words: str
) -> None:
    """Rules that only the service knows are told like those of the form."""
    stage.backend.refuse(CreateAccount, code)
    citizen.register(Person())
    expect(citizen.page.locator(".field-fault")).to_contain_text(words)


def test_one_who_has_an_account_is_led_to_it(stage: Stage, citizen: CitizenPages) -> None:
    """Registering a NIK twice ends at the sign-in page, with the way back kept."""
    stage.backend.refuse(VerifyAccount, "account_exists")
    citizen.open(f"/daftar?lanjut={HOUR}")
    citizen.fill_registration(Person())
    citizen.submit("Lanjut: minta kode")
    citizen.type_codes()
    citizen.page.get_by_role("link", name="Masuk dengan akun yang ada").click()
    citizen.sign_in("andi@contoh.id")
    assert citizen.page.url.endswith(HOUR)


def test_wrong_codes_are_told_with_the_tries_that_are_left(stage: Stage, citizen: CitizenPages) -> None:
    """What was typed stays, blanks in it do no harm, and new codes can be asked for."""
    stage.backend.refuse(VerifyAccount, "bad_code", tries_left=3)
    citizen.register(Person())
    expect(citizen.page.locator("p.lead")).to_contain_text(f"dan satu kode ke surel {Person().email}.")
    citizen.type_codes("123 456", "654-321")
    expect(citizen.page.get_by_role("alert")).to_contain_text("masih dapat mencoba 3 kali")
    assert stage.backend.last(VerifyAccount).phone_code == "123456"
    assert citizen.page.input_value("#phone_code") == "123 456"
    citizen.submit("Kirim kode baru")
    assert stage.backend.last(ResendCodes).registration_id == REGISTRATION
    expect(citizen.page.get_by_role("status")).to_contain_text("Kode baru sudah dikirim")


def test_a_code_that_is_none_is_told_beside_its_field(citizen: CitizenPages) -> None:
    """Before anybody is asked, so it costs no try."""
    citizen.register(Person())
    citizen.type_codes("12345", "12345a")
    expect(citizen.page.locator("#phone_code-fault")).to_contain_text("terdiri dari 6 angka")
    expect(citizen.page.locator("#email_code-fault")).to_contain_text("hanya berisi angka")


def test_a_wrong_password_keeps_the_login(stage: Stage, citizen: CitizenPages) -> None:
    """The refusal is read first, and the login need not be written again."""
    stage.backend.refuse(OpenSession, "sign_in_failed")
    citizen.sign_in("andi@contoh.id", "salah-salah-salah")
    expect(citizen.page.get_by_role("alert")).to_contain_text("kata sandi salah")
    assert citizen.page.input_value("#login") == "andi@contoh.id"


@pytest.mark.parametrize(
    "onward",
    ["https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)", "/%09/example.com"],
)
def test_nobody_is_sent_to_a_strange_site(citizen: CitizenPages, onward: str) -> None:
    """A sign-in link with another site's address leads to one's own tickets."""
    citizen.page.goto(f"{citizen.url}/masuk?lanjut={onward}")
    citizen.sign_in("andi@contoh.id")
    assert citizen.page.url == f"{citizen.url}/pesanan"


def test_an_hour_that_was_filled_meanwhile_shows_the_others(stage: Stage, citizen: CitizenPages) -> None:
    """The hours of the same day are there at once, with the reason above them."""
    citizen.sign_in("andi@contoh.id")
    citizen.open(HOUR)
    stage.backend.refuse(BookSlot, "slot_full")
    citizen.confirm()
    expect(citizen.page.get_by_role("alert")).to_contain_text("Jam ini baru saja penuh.")
    expect(citizen.page.locator(".hours-of-day a.hour")).to_have_count(5)


def test_trying_again_after_silence_books_once(stage: Stage, citizen: CitizenPages) -> None:
    """Without an answer the page offers to try again, and sends the same idempotency key."""
    citizen.sign_in("andi@contoh.id")
    citizen.open(HOUR)
    stage.backend.refuse(BookSlot, "no_answer")
    citizen.confirm()
    first = stage.backend.last(BookSlot).idempotency_key
    expect(citizen.page.get_by_role("heading", level=1)).to_have_text("Pemesanan belum pasti")

    stage.backend.answer(BookSlot, stage.backend.booking)
    citizen.submit("Coba lagi")
    assert citizen.ticket_code() == CODE
    assert stage.backend.last(BookSlot).idempotency_key == first


def test_reloading_the_ticket_does_not_book_again(stage: Stage, citizen: CitizenPages) -> None:
    """After the booking the browser stands on a page of its own (post, redirect, get)."""
    citizen.sign_in("andi@contoh.id")
    citizen.open(HOUR)
    citizen.confirm()
    citizen.page.reload()
    assert stage.backend.count(BookSlot) == 1


def test_who_has_a_booking_is_led_to_it(stage: Stage, citizen: CitizenPages) -> None:
    """One person has one booking; the second is refused with the way to the first."""
    citizen.sign_in("andi@contoh.id")
    citizen.open(HOUR)
    stage.backend.refuse(BookSlot, "already_booked", code=CODE)
    citizen.confirm()
    expect(citizen.page.get_by_role("alert")).to_contain_text(CODE)
    citizen.page.get_by_role("link", name="Lihat tiket saya").click()
    expect(citizen.page.locator("a.row-link")).to_contain_text(CODE)


def test_signing_out_ends_the_session(citizen: CitizenPages) -> None:
    """Afterwards one's own pages ask to sign in."""
    citizen.sign_in("andi@contoh.id")
    citizen.page.get_by_role("button", name="Keluar").click()
    expect(citizen.page).to_have_url(f"{citizen.url}/")
    citizen.open("/pesanan")
    assert citizen.page.url.endswith("/masuk?lanjut=%2Fpesanan")


def test_another_site_cannot_fill_in_the_sign_in_form(stage: Stage, citizen: CitizenPages) -> None:
    """Nobody is signed in as somebody else behind their back."""
    form: dict[str, str | float | bool] = {"login": "andi@contoh.id", "password": "kata-sandi-panjang"}
    answers = [
        citizen.page.request.post(
            f"{citizen.url}/masuk", form=form, headers={"Sec-Fetch-Site": site}, max_redirects=0
        ).status
        for site in ("cross-site", "same-origin")
    ]
    assert answers == [403, 303]


def test_cancelling_asks_once_and_shows_the_ticket_as_cancelled(stage: Stage, citizen: CitizenPages) -> None:
    """The first tap asks, the second cancels; a cancelled ticket has no QR code."""
    citizen.sign_in("andi@contoh.id")
    citizen.open(f"/tiket/{CODE}")
    citizen.page.get_by_role("link", name="Batalkan pemesanan ini").click()
    assert stage.backend.count(CancelBooking) == 0
    citizen.submit("Ya, batalkan")
    expect(citizen.page.locator("main")).to_contain_text("Pemesanan ini sudah dibatalkan")
    expect(citizen.page.locator(".ticket-qr")).to_have_count(0)


def test_an_office_that_is_not_open_says_so(citizen: CitizenPages) -> None:
    """Its status and what to do are told; there is nothing to book."""
    citizen.open("/kantor/BPN")
    expect(citizen.page.locator("main")).to_contain_text("Antrean daring segera dibuka")
    expect(citizen.page.locator("a.row-link")).to_have_count(0)


def test_the_language_is_kept(citizen: CitizenPages) -> None:
    """Who switches to English stays in English, on the same page and on the next."""
    citizen.open("/?cari=Kalimantan")
    citizen.page.get_by_role("contentinfo").get_by_role("link", name="English").click()
    expect(citizen.page.locator("html")).to_have_attribute("lang", "en")
    assert citizen.page.input_value("#cari") == "Kalimantan"
    citizen.open("/kantor/TRK/new")
    expect(citizen.page.locator("#pilih-jam")).to_have_text("Tuesday, 24 November 2026 WITA")


def test_a_page_that_is_not_there_is_told_as_a_page(citizen: CitizenPages) -> None:
    """People get a page with a way home, with the true status."""
    answer = citizen.open("/tidak/ada")
    assert answer.status == 404
    expect(citizen.page.get_by_role("link", name="Ke beranda")).to_be_visible()
