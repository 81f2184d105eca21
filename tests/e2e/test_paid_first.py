"""A citizen pays before the place is sure: the bill, what becomes of it, and what is said beforehand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from contracts.requests.booking import (
    Bookings,
    BookSlot,
    GetBooking,
    ListBookings,
    ListSlots,
    RescheduleBooking,
)
from contracts.words import PaymentStatus
from gateway.pages.citizen.bill import by_urgency
from tests.e2e.payment_samples import BILLING_CODE, billed, paid_wrongly, prepaid_slots
from tests.e2e.samples import CODE, DAY
from tests.e2e.screens import CitizenPages
from tests.e2e.stage import Stage

HOUR = f"/kantor/TRK/new/{DAY}/slot-1"
TICKET = f"/tiket/{CODE}"


@pytest.fixture
def citizen(stage: Stage, phone_without_script: Page) -> CitizenPages:
    """A citizen who is signed in, on a phone that runs no script."""
    stage.sign_in(phone_without_script, "andi@contoh.id")
    return CitizenPages(phone_without_script, stage.url)


@pytest.fixture
def scripted(stage: Stage, phone: Page) -> CitizenPages:
    """The same on a phone that runs scripts, which may use the clipboard; the clock is the test's."""
    stage.sign_in(phone, "andi@contoh.id")
    phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    phone.clock.install()
    return CitizenPages(phone, stage.url)


def test_what_is_paid_first_is_said_before_one_confirms(stage: Stage, citizen: CitizenPages) -> None:
    """With the hours, on the confirmation and on its button; then there is a bill."""
    stage.backend.answer(ListSlots, prepaid_slots())
    held = billed("due")
    stage.backend.answer(BookSlot, held)
    stage.backend.answer(GetBooking, held)
    citizen.open(f"/kantor/TRK/new/{DAY}")
    main = citizen.page.locator("main")
    expect(main).to_contain_text("Dibayar dulu: Rp 350.000 tiap orang, paling lambat 2 jam setelah memesan")
    citizen.choose_first_hour()
    expect(main).to_contain_text("Rp 350.000 Paling lambat 2 jam setelah memesan", use_inner_text=True)
    expect(main).not_to_contain_text("Gratis.")
    expect(citizen.page.locator("footer")).to_contain_text("Antrean gratis, tanpa calo; biaya paspor dibayar")
    citizen.submit("Pesan, lalu bayar")
    expect(citizen.page.get_by_role("heading", level=1)).to_have_text("Bayar dulu")
    expect(citizen.page.get_by_text("Antrean Anda sudah dipesan")).to_have_count(0)


def test_what_is_not_paid_first_is_free(citizen: CitizenPages) -> None:
    """The control: nothing is said of money where none is asked for."""
    citizen.open(HOUR)
    expect(citizen.page.locator("main")).not_to_contain_text("Rp")
    expect(citizen.page.get_by_role("button", name="Pesan sekarang")).to_be_visible()


def test_a_bill_says_how_much_with_which_code_and_until_when(stage: Stage, citizen: CitizenPages) -> None:
    """In the office's zone, and how long that still is; no QR code, no button that needs a script."""
    due_in = datetime(2026, 11, 23, 6, 49, tzinfo=UTC) - datetime.now(UTC)
    stage.backend.answer(GetBooking, billed("due", due_in=due_in))
    citizen.open(TICKET)
    expect(citizen.page.locator("footer")).to_contain_text("dibayar ke kas negara")
    bill = citizen.page.locator(".bill")
    expect(bill).to_contain_text("Rp 350.000")
    expect(bill.locator(".bill-code")).to_have_text(BILLING_CODE)
    expect(bill).to_contain_text("Paling lambat Senin, 23 November 2026 pukul 14.49 WITA")
    expect(bill).to_contain_text(
        "tempat ini ditahan untuk Anda: Hari Selasa, 24 November 2026", use_inner_text=True
    )
    expect(citizen.page.locator(".ticket-qr, [data-copy]").filter(visible=True)).to_have_count(0)


def test_how_long_there_is_to_pay_is_said(stage: Stage, citizen: CitizenPages) -> None:
    """In hours and minutes; nothing once it is over."""
    for minutes, left in ((101.5, "1 jam 42 menit lagi"), (0.5, "1 menit lagi")):
        stage.backend.answer(GetBooking, billed("due", due_in=timedelta(minutes=minutes)))
        citizen.open(TICKET)
        expect(citizen.page.locator(".bill-left")).to_have_text(left)
    stage.backend.answer(GetBooking, billed("due", due_in=timedelta(seconds=-1)))
    citizen.open(TICKET)
    expect(citizen.page.locator(".bill-left")).to_have_count(0)


def test_who_come_together_have_one_billing_code(stage: Stage, citizen: CitizenPages) -> None:
    """The sum is for all, and is not less when one of them has cancelled."""
    held = billed("due", people=3)
    stage.backend.answer(GetBooking, held)
    citizen.open(TICKET)
    bill = citizen.page.locator(".bill-sum")
    expect(bill).to_contain_text("Rp 1.050.000")
    expect(bill).to_contain_text("Satu kode billing untuk 3 orang, Rp 350.000 tiap orang.")
    expect(bill).not_to_contain_text("Ada yang sudah batal")
    party = (*held.party[:2], replace(held.party[2], status="cancelled"))
    stage.backend.answer(GetBooking, replace(held, party=party))
    citizen.open(TICKET)
    expect(bill).to_contain_text("Ada yang sudah batal: jumlahnya tetap")


def test_without_a_script_one_asks_whether_the_money_has_come(stage: Stage, citizen: CitizenPages) -> None:
    """Both answers are said, and the second comes with the ticket."""
    stage.backend.answer(GetBooking, billed("due"))
    citizen.open(TICKET)
    ask = citizen.page.get_by_role("link", name="Periksa pembayaran")
    ask.click()
    expect(citizen.page.get_by_role("status").first).to_contain_text("Pembayaran belum kami terima")
    stage.backend.answer(GetBooking, billed("paid", ticket=stage.backend.ticket))
    ask.click()
    expect(citizen.page.get_by_role("status")).to_contain_text("Pembayaran sudah kami terima")
    expect(citizen.page.locator(".ticket-qr svg")).to_be_visible()
    expect(citizen.page.locator(".ticket-facts")).to_contain_text("Rp 350.000, lunas")


def test_the_page_goes_on_by_itself_when_the_money_has_come(stage: Stage, scripted: CitizenPages) -> None:
    """It asks every now and then, and stays as it is until there is something new."""
    stage.backend.answer(GetBooking, billed("due"))
    scripted.open(TICKET)
    asked = stage.backend.count(GetBooking)
    with scripted.page.expect_response(f"**/v1/bookings/{CODE}"):
        scripted.page.clock.run_for(15_000)
    assert stage.backend.count(GetBooking) == asked + 1
    expect(scripted.page.locator(".bill")).to_be_visible()
    stage.backend.answer(GetBooking, billed("paid", ticket=stage.backend.ticket))
    scripted.page.clock.run_for(15_000)
    expect(scripted.page.get_by_role("status")).to_contain_text("Pembayaran sudah kami terima")
    expect(scripted.page.locator(".ticket-qr svg")).to_be_visible()


def test_the_time_left_runs_down(stage: Stage, scripted: CitizenPages) -> None:
    """In the words in which the server wrote it; at its end it goes."""
    stage.backend.answer(GetBooking, billed("due", due_in=timedelta(minutes=61.5)))
    scripted.open(TICKET)
    left = scripted.page.locator(".bill-left")
    expect(left).to_have_text("1 jam 2 menit lagi")
    scripted.page.clock.fast_forward("01:00")
    expect(left).to_have_text("1 jam 1 menit lagi")
    scripted.page.clock.fast_forward("02:00")
    expect(left).to_have_text("59 menit lagi")
    scripted.page.clock.fast_forward("01:00:00")
    expect(left).to_be_hidden()


def test_the_billing_code_is_copied_as_it_is_typed(stage: Stage, scripted: CitizenPages) -> None:
    """Without the gaps in which it is shown; that it was copied is said."""
    stage.backend.answer(GetBooking, billed("due"))
    scripted.open(TICKET)
    scripted.page.get_by_role("button", name="Salin kode billing").click()
    expect(scripted.page.get_by_role("status")).to_have_text("Kode billing tersalin")
    assert scripted.page.evaluate("() => navigator.clipboard.readText()") == BILLING_CODE


def test_a_hold_that_ended_says_what_to_do(stage: Stage, citizen: CitizenPages) -> None:
    """Book anew at the same office; money that still comes is not lost, and can be asked for."""
    stage.backend.answer(GetBooking, billed("expired", due_in=timedelta(minutes=-9)))
    citizen.open(TICKET)
    main = citizen.page.locator("main")
    expect(main).to_contain_text("Batas bayar sudah lewat")
    expect(main).to_contain_text("uang Anda tidak hilang")
    expect(main.get_by_role("link", name="Pesan lagi")).to_have_attribute("href", "/kantor/TRK/new")
    main.get_by_role("link", name="Periksa pembayaran").click()
    expect(citizen.page.get_by_role("status")).to_contain_text("tidak ditahan lagi")
    expect(main).to_contain_text("Pembayaran belum kami terima.")


def test_who_has_paid_and_has_no_place_chooses_one(stage: Stage, citizen: CitizenPages) -> None:
    """Free of charge, with no word of an old time; the ticket follows."""
    stage.backend.answer(GetBooking, billed("credit"))
    citizen.open(TICKET)
    citizen.page.get_by_role("link", name="Pilih jadwal").click()
    expect(citizen.page.locator(".flow-head")).to_contain_text("tanpa membayar lagi")
    expect(citizen.page.locator(".flow-head")).not_to_contain_text("satu kali")
    citizen.page.locator("a.hour", has_text="13.00").click()
    expect(citizen.page.locator("s")).to_have_count(0)
    citizen.submit("Ya, pilih jadwal ini")
    assert stage.backend.last(RescheduleBooking).slot_id == "slot-5"


def test_who_has_paid_already_is_told_before_paying_again(stage: Stage, citizen: CitizenPages) -> None:
    """On the confirmation for the same office and service, with the way to choose."""
    stage.backend.answer(ListSlots, prepaid_slots())
    for credit, told in ((billed("credit"), 1), (replace(billed("credit"), service="renewal"), 0)):
        stage.backend.answer(ListBookings, Bookings(bookings=(credit,)))
        citizen.open(HOUR)
        expect(citizen.page.get_by_text("Anda sudah membayar layanan ini")).to_have_count(told)


@pytest.mark.parametrize("path", [f"{TICKET}/jadwal", f"{TICKET}/jadwal/{DAY}/slot-2"])
def test_a_held_booking_is_not_moved(stage: Stage, citizen: CitizenPages, path: str) -> None:
    """Its bill is shown instead."""
    stage.backend.answer(GetBooking, billed("due"))
    citizen.open(path)
    expect(citizen.page).to_have_url(f"{citizen.url}{TICKET}")


@pytest.mark.parametrize(
    ("status", "words", "other"),
    [
        ("due", "belum dibayar, jadi tidak ada biaya", "Rp 350.000 dikembalikan"),
        ("paid", "Rp 350.000 dikembalikan", "belum dibayar"),
        ("credit", "Rp 350.000 dikembalikan", "belum dibayar"),
    ],
)
def test_who_gives_up_is_told_of_the_money(
    stage: Stage, citizen: CitizenPages, status: PaymentStatus, words: str, other: str
) -> None:
    """Nothing is returned of what was not paid, and all of what was."""
    stage.backend.answer(GetBooking, billed(status))
    citizen.open(f"{TICKET}/batal")
    expect(citizen.page.locator("main")).to_contain_text(words)
    expect(citizen.page.locator("main")).not_to_contain_text(other)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("refund_due", "Rp 350.000 dikembalikan kepada Anda"),
        ("refunded", "Pada Senin, 23 November 2026"),
        ("void", f"Kode billing {BILLING_CODE} jangan dibayar"),
    ],
)
def test_what_was_given_up_says_what_becomes_of_the_money(
    stage: Stage, citizen: CitizenPages, status: PaymentStatus, words: str
) -> None:
    """Paid before, or not."""
    stage.backend.answer(GetBooking, billed(status))
    citizen.open(TICKET)
    expect(citizen.page.locator("main")).to_contain_text(words)


def test_money_of_another_amount_is_told_on_the_bill(stage: Stage, citizen: CitizenPages) -> None:
    """How much came, that it goes back, and that the bill is still to be paid."""
    stage.backend.answer(GetBooking, paid_wrongly())
    citizen.open(TICKET)
    told = citizen.page.get_by_role("status").first
    for words in ("Rp 300.000 dikembalikan", "tagihan Rp 350.000", "belum lunas", "01a1ff5a"):
        expect(told).to_contain_text(words)


def test_what_is_due_first_is_first_on_the_list(stage: Stage, citizen: CitizenPages) -> None:
    """Then what waits for a choice, what stands, and the rest; each says what it is."""
    soon = replace(billed("due", due_in=timedelta(minutes=5)), code="TRK-7H3K9F")
    in_order = (soon, *(billed(status) for status in ("due", "credit", "paid", "refund_due", "expired")))
    backwards = tuple(reversed(in_order))
    assert by_urgency(backwards)[:4] == list(in_order[:4])
    stage.backend.answer(ListBookings, Bookings(bookings=backwards))
    citizen.open("/pesanan")
    rows = citizen.page.locator("a.row-link")
    for row, words in enumerate(("TRK-7H3K9F", "Bayar sebelum", "Lunas: pilih jadwal", CODE)):
        expect(rows.nth(row)).to_contain_text(words)
    expect(rows.nth(4)).to_contain_text("Tidak dibayar")
    expect(rows.nth(5)).to_contain_text("Uang akan dikembalikan")


def test_a_held_booking_keeps_from_another(stage: Stage, citizen: CitizenPages) -> None:
    """It is told as one that waits for its payment."""
    starts_at = datetime.now(UTC) + timedelta(days=3)
    held = replace(billed("due"), starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    stage.backend.answer(ListBookings, Bookings(bookings=(held,)))
    citizen.open(HOUR)
    expect(citizen.page.get_by_role("status")).to_contain_text("menunggu pembayaran")
    citizen.open("/pesanan")
    expect(citizen.page.locator("main")).to_contain_text(f"Bayar pemesanan {CODE}, atau batalkan")
