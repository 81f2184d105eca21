"""A citizen moves a booking, waits for a place, and brings the family, without a script."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from contracts.requests.booking import (
    Bookings,
    BookSlot,
    CancelBooking,
    CancelParty,
    GetBooking,
    ListBookings,
    ListSlots,
    RescheduleBooking,
    Slots,
)
from contracts.requests.dependents import AddDependent, Dependents, ListDependents, RemoveDependent
from contracts.requests.moving import Moving
from contracts.requests.visit import PartyMember
from contracts.requests.waitlist import AcceptOffer, JoinWaitlist, LeaveWaitlist, ListWaitlist, Waitlist
from tests.e2e import samples
from tests.e2e.citizen_samples import family, wish
from tests.e2e.samples import CODE, DAY
from tests.e2e.screens import CitizenPages
from tests.e2e.stage import Stage

HOUR = f"/kantor/TRK/new/{DAY}/slot-1"


@pytest.fixture
def citizen(stage: Stage, phone_without_script: Page) -> CitizenPages:
    """A citizen who is signed in."""
    stage.sign_in(phone_without_script, "andi@contoh.id")
    return CitizenPages(phone_without_script, stage.url)


def test_a_booking_is_moved_without_giving_it_up(stage: Stage, citizen: CitizenPages) -> None:
    """The rules are said first; the ticket then shows the new time, and says once that it was moved."""
    citizen.open(f"/tiket/{CODE}")
    citizen.page.get_by_role("link", name="Pilih jadwal lain").click()
    expect(citizen.page.locator(".flow-head")).to_contain_text(
        "dipindah 1 kali lagi, paling lambat Senin, 23 November 2026"
    )
    citizen.page.locator("a.hour", has_text="13.00").click()
    expect(citizen.page.locator("s")).to_contain_text("09.00 WITA")
    expect(citizen.page.get_by_text("Ini perubahan jadwal yang terakhir")).to_be_visible()
    citizen.submit("Ya, pindahkan")
    asked = stage.backend.last(RescheduleBooking)
    assert (asked.code, asked.slot_id, stage.backend.count(CancelBooking)) == (CODE, "slot-5", 0)
    expect(citizen.page.locator(".ticket")).to_contain_text("13.00–14.00 WITA")
    moved = citizen.page.get_by_text("Jadwal sudah dipindahkan")
    expect(moved).to_be_visible()
    citizen.page.reload()
    expect(moved).to_have_count(0)


def test_an_hour_that_is_gone_offers_the_nearest(stage: Stage, citizen: CitizenPages) -> None:
    """The booking stands, and the hours lead to moving it, not to a second booking."""
    stage.backend.refuse(RescheduleBooking, "slot_full")
    citizen.open(f"/tiket/{CODE}/jadwal/{DAY}/slot-2")
    citizen.submit("Ya, pindahkan")
    told = citizen.page.get_by_role("alert")
    expect(told).to_contain_text("Jam ini baru saja penuh.")
    expect(told.locator("a.hour")).to_have_count(3)
    expect(told.locator("a.hour").first).to_have_attribute("href", f"/tiket/{CODE}/jadwal/{DAY}/slot-1")


def test_why_a_booking_stays_is_told(stage: Stage, citizen: CitizenPages) -> None:
    """With the limit, and the way back to the ticket."""
    stage.backend.refuse(RescheduleBooking, "too_late_to_reschedule", notice_hours=24)
    citizen.open(f"/tiket/{CODE}/jadwal/{DAY}/slot-2")
    citizen.submit("Ya, pindahkan")
    expect(citizen.page.get_by_role("alert")).to_contain_text("paling lambat 24 jam sebelumnya")


def test_a_booking_that_cannot_be_moved_again_says_so_on_its_ticket(
    stage: Stage, citizen: CitizenPages
) -> None:
    """No hour is offered that would be refused at the end."""
    stays = Moving(can_be_moved=False, why_not="reschedule_limit")
    stage.backend.answer(GetBooking, replace(stage.backend.booking, moving=stays))
    citizen.open(f"/tiket/{CODE}/jadwal")
    expect(citizen.page).to_have_url(f"{citizen.url}/tiket/{CODE}")
    expect(citizen.page.get_by_text("tidak dapat diubah lagi")).to_be_visible()
    expect(citizen.page.get_by_role("link", name="Pilih jadwal lain")).to_have_count(0)


def test_who_cannot_move_is_not_told_to_before_cancelling(stage: Stage, citizen: CitizenPages) -> None:
    """Only who still can."""
    citizen.open(f"/tiket/{CODE}/batal")
    advice = citizen.page.get_by_text("lebih baik pindah jadwal")
    expect(advice).to_have_count(1)
    stuck = Moving(can_be_moved=False, why_not="reschedule_limit")
    stage.backend.answer(GetBooking, replace(stage.backend.booking, moving=stuck))
    citizen.page.reload()
    expect(advice).to_have_count(0)


def test_a_cancelled_booking_is_not_moved(stage: Stage, citizen: CitizenPages) -> None:
    """Its ticket says what it is."""
    stage.backend.answer(
        GetBooking,
        replace(
            stage.backend.booking,
            status="cancelled",
            ticket="",
            moving=Moving(can_be_moved=False, why_not="booking_cancelled"),
        ),
    )
    citizen.open(f"/tiket/{CODE}/jadwal")
    expect(citizen.page).to_have_url(f"{citizen.url}/tiket/{CODE}")


def test_a_full_day_leads_to_the_waitlist(stage: Stage, citizen: CitizenPages) -> None:
    """The day is filled in; the list of tickets then shows the wish, and lets it be given up."""
    full = tuple(replace(slot, places_left=0) for slot in samples.slots(DAY))
    stage.backend.answer(ListSlots, Slots(office="TRK", service="new", date=DAY, slots=full))
    stage.backend.answer(ListWaitlist, Waitlist(entries=(wish(),)))
    citizen.open(f"/kantor/TRK/new/{DAY}")
    citizen.page.get_by_role("link", name="Beri tahu saya bila ada tempat").click()
    citizen.page.fill("#last_date", "2026-11-25")
    citizen.submit("Masuk daftar tunggu")
    asked = stage.backend.last(JoinWaitlist)
    assert (asked.office, asked.for_service, asked.first_date.day, asked.last_date.day) == (
        "TRK",
        "new",
        24,
        25,
    )
    expect(citizen.page.locator("main")).to_contain_text("Anda di daftar tunggu")
    citizen.submit("Tidak menunggu lagi")
    assert stage.backend.last(LeaveWaitlist).entry_id == "wish-1"


def test_a_day_with_places_offers_no_waiting(citizen: CitizenPages) -> None:
    """Who can book needs not wait."""
    citizen.open(f"/kantor/TRK/new/{DAY}")
    expect(citizen.page.get_by_role("link", name="Beri tahu saya bila ada tempat")).to_have_count(0)


def test_a_refused_wish_keeps_its_dates(stage: Stage, citizen: CitizenPages) -> None:
    """With what to do instead."""
    stage.backend.refuse(JoinWaitlist, "places_left")
    citizen.open(f"/kantor/TRK/new/tunggu?mulai={DAY}&sampai=2026-11-26")
    citizen.submit("Masuk daftar tunggu")
    expect(citizen.page.get_by_role("alert")).to_contain_text("Masih ada tempat pada tanggal ini.")
    assert citizen.page.input_value("#last_date") == "2026-11-26"


@pytest.mark.parametrize(
    ("button", "asked"), [("Ambil tempat ini", AcceptOffer), ("Tidak, terima kasih", LeaveWaitlist)]
)
def test_an_offer_is_taken_or_declined(
    stage: Stage, citizen: CitizenPages, button: str, asked: type[AcceptOffer | LeaveWaitlist]
) -> None:
    """It says what is offered and until when."""
    stage.backend.answer(ListWaitlist, Waitlist(entries=(wish("offered"),)))
    citizen.open("/pesanan")
    offer = citizen.page.locator(".notice-good")
    expect(offer).to_contain_text("Selasa, 24 November 2026, 09.00–10.00 WITA")
    expect(offer).to_contain_text("Ambil sebelum Senin, 23 November 2026 pukul 12.00 WITA")
    citizen.submit(button)
    assert stage.backend.last(asked).entry_id == "wish-1"


def test_an_offer_that_is_over_says_so_on_the_list(stage: Stage, citizen: CitizenPages) -> None:
    """Nothing else is lost from sight."""
    stage.backend.answer(ListWaitlist, Waitlist(entries=(wish("offered"),)))
    stage.backend.refuse(AcceptOffer, "offer_over")
    citizen.open("/pesanan")
    citizen.submit("Ambil tempat ini")
    expect(citizen.page.get_by_role("alert")).to_contain_text("Tawaran tempat ini sudah tidak berlaku.")
    expect(citizen.page.locator("a.row-link")).to_contain_text(CODE)


def test_somebody_is_added_on_the_way_to_a_booking(stage: Stage, citizen: CitizenPages) -> None:
    """And one is back at the hour that was chosen."""
    citizen.open(HOUR)
    citizen.page.get_by_role("link", name="Tambah anggota keluarga").click()
    page = citizen.page
    for field, text in (("name", "Sari Pratama"), ("nik", "6473014203190001"), ("birth_date", "2-3-2019")):
        page.fill(f"#{field}", text)
    citizen.submit("Tambahkan")
    expect(page.get_by_role("alert").get_by_role("link")).to_have_text(
        [
            "Pilih sapaan.",
            "Tulis nama panggilan.",
            "Tulis NIK sekali lagi: demi keamanan tidak disimpan di halaman ini.",
        ]
    )
    assert (page.input_value("#name"), page.input_value("#nik")) == ("Sari Pratama", "")
    page.fill("#nik", "6473014203190001")
    page.get_by_role("radio", name="Adik").check()
    page.fill("#nickname", "Sari")
    citizen.submit("Tambahkan")
    asked = stage.backend.last(AddDependent)
    assert (asked.guardian_id, asked.display_name, str(asked.birth_date)) == (
        "citizen-1",
        "Adik Sari",
        "2019-03-02",
    )
    expect(page).to_have_url(f"{citizen.url}{HOUR}")


def test_what_booking_finds_wrong_with_a_relative_stands_beside_the_field(
    stage: Stage, citizen: CitizenPages
) -> None:
    """As for one's own registration."""
    stage.backend.refuse(AddDependent, "birth_date_not_of_nik")
    citizen.open("/akun/keluarga")
    for field, text in (("name", "Sari"), ("nik", "6473014203190001"), ("birth_date", "2-3-2018")):
        citizen.page.fill(f"#{field}", text)
    citizen.page.get_by_role("radio", name="Adik").check()
    citizen.page.fill("#nickname", "Sari")
    citizen.submit("Tambahkan")
    expect(citizen.page.locator("#birth_date-fault")).to_contain_text("tidak sesuai dengan NIK")


def test_somebody_is_taken_off_the_list(stage: Stage, citizen: CitizenPages) -> None:
    """From the account's page on."""
    stage.backend.answer(ListDependents, Dependents(dependents=family()))
    citizen.open("/akun")
    citizen.page.get_by_role("link", name="Lihat dan tambah").click()
    citizen.submit("Hapus Adik Sari")
    assert stage.backend.last(RemoveDependent).person_id == "dependent-1"


def test_a_family_is_booked_together(stage: Stage, citizen: CitizenPages) -> None:
    """Who is ticked, and one's own class; a refusal keeps both."""
    stage.backend.answer(ListDependents, Dependents(dependents=family()))
    stage.backend.answer(ListBookings, Bookings(bookings=()))
    stage.backend.refuse(BookSlot, "not_of_class")
    citizen.open(HOUR)
    citizen.page.get_by_role("checkbox", name="Adik Sari").check()
    citizen.page.locator("summary", has_text="Prioritas").click()
    citizen.page.get_by_label("Kelas prioritas Anda").select_option("Hamil")
    citizen.confirm()
    asked = stage.backend.last(BookSlot)
    assert (asked.with_holder, asked.dependents, asked.priority) == (True, ("dependent-1",), "pregnant")
    expect(citizen.page.get_by_role("checkbox", name="Adik Sari")).to_be_checked()
    expect(citizen.page.get_by_role("checkbox", name="Bu Suwarni")).not_to_be_checked()
    assert citizen.page.get_by_label("Kelas prioritas Anda").input_value() == "pregnant"


def test_silence_forgets_nobody_of_a_party(stage: Stage, citizen: CitizenPages) -> None:
    """Trying again asks for the same people."""
    stage.backend.answer(ListDependents, Dependents(dependents=family()))
    stage.backend.refuse(BookSlot, "no_answer")
    citizen.open(HOUR)
    citizen.page.get_by_role("checkbox", name="Pak Andi").uncheck()
    citizen.page.get_by_role("checkbox", name="Bu Suwarni").check()
    citizen.confirm()
    first = stage.backend.last(BookSlot)
    citizen.submit("Coba lagi")
    assert stage.backend.last(BookSlot) == first
    assert (first.with_holder, first.dependents) == (False, ("dependent-2",))


def test_each_of_a_party_has_a_ticket(stage: Stage, citizen: CitizenPages) -> None:
    """One leads to the others; one is given up, or all."""
    party = (
        PartyMember(code=CODE, display_name="Pak Andi", status="booked"),
        PartyMember(code="TRK-7H3K9R", display_name="Adik Sari", status="booked"),
    )
    stage.backend.answer(GetBooking, replace(stage.backend.booking, party=party))
    citizen.open(f"/tiket/{CODE}")
    sari = citizen.page.locator("a.row-link", has_text="Adik Sari")
    expect(sari).to_have_attribute("href", "/tiket/TRK-7H3K9R")
    citizen.open(f"/tiket/{CODE}/batal")
    citizen.submit("Batalkan tiket Pak Andi saja")
    citizen.open(f"/tiket/{CODE}/batal")
    citizen.submit("Batalkan semua (2 orang)")
    assert (stage.backend.count(CancelBooking), stage.backend.count(CancelParty)) == (1, 1)
