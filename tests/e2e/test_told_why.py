"""Citizens are told why: outages, closed offices, releases."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from contracts.requests.booking import (
    BookSlot,
    CancelBooking,
    Day,
    Days,
    ListDays,
    ListSlots,
    RescheduleBooking,
    Slots,
)
from contracts.requests.outages import BookingOutage, BookingOutages, ListOwnOutages
from contracts.requests.travel import Reach
from contracts.requests.why import DayExplanation, ExplainDay
from tests.e2e import samples
from tests.e2e.accessibility import findings
from tests.e2e.browser import DESK, PHONE
from tests.e2e.samples import CODE, NINE
from tests.e2e.screens import CitizenPages
from tests.e2e.stage import Stage

OUTAGE = BookingOutage(code=CODE, cause="closed", note="Pemadaman listrik")


@pytest.fixture
def citizen(stage: Stage, phone: Page) -> Iterator[CitizenPages]:
    """A citizen before the site; what is on the screen at the test's end has no findings of axe."""
    pages = CitizenPages(phone, stage.url)
    yield pages
    for size in (PHONE, DESK):
        pages.page.set_viewport_size(size)
        assert (size, findings(pages.page)) == (size, [])
        assert pages.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), size


@pytest.fixture
def affected(stage: Stage, citizen: CitizenPages) -> CitizenPages:
    """One whose booking is at a time at which the office does not work."""
    stage.sign_in(citizen.page, "andi@contoh.id")
    stage.backend.answer(ListOwnOutages, BookingOutages(outages=(OUTAGE,)))
    return citizen


def test_my_tickets_say_which_booking_is_affected_and_why(affected: CitizenPages) -> None:
    """What, why, that nothing is lost, and the way on."""
    affected.open("/pesanan")
    notice = affected.page.locator(".notice-warn:not([hidden])")
    expect(notice).to_contain_text("tidak melayani pada Selasa, 24 November 2026 pukul 09.00")
    expect(notice).to_contain_text("Pemadaman listrik")
    expect(notice).to_contain_text("tidak hangus")
    expect(affected.page.locator("a.row-link")).to_contain_text("Kantor tidak melayani")
    notice.get_by_role("link").click()
    expect(affected.page).to_have_url(f"{affected.url}/tiket/{CODE}")


def test_an_affected_ticket_leads_to_another_day(stage: Stage, affected: CitizenPages) -> None:
    """The booking stands until another time is sure, and the move does not count."""
    affected.open(f"/tiket/{CODE}")
    expect(affected.page.locator(".notice-warn:not([hidden])")).to_contain_text("Anda tidak dikenai sanksi")
    affected.page.get_by_role("link", name="Pilih jadwal lain").click()
    expect(affected.page.locator(".flow-head")).to_contain_text("pemindahan ini tidak dihitung")
    affected.choose_first_hour()
    affected.submit("Ya, pindahkan")
    assert (stage.backend.count(RescheduleBooking), stage.backend.count(CancelBooking)) == (1, 0)


def test_an_affected_ticket_has_no_findings(affected: CitizenPages) -> None:
    """The ticket is still there to be shown, should the office work after all."""
    affected.open(f"/tiket/{CODE}")
    expect(affected.page.locator(".ticket-qr")).to_be_visible()


def test_a_regency_leads_to_the_office_that_covers_it(citizen: CitizenPages) -> None:
    """Who searches for Bengkayang finds Singkawang, and reads that it is right there."""
    citizen.open("/")
    citizen.find_hours("Bengkayang", "Paspor baru")
    expect(citizen.page.locator(".flow-head .fine")).to_have_text(
        "Singkawang juga melayani Kabupaten Bengkayang."
    )


def test_a_closed_office_says_from_when_and_which_are_near(stage: Stage, citizen: CitizenPages) -> None:
    """A date and open offices, each a link."""
    near = [{"office": "TRK", "name": "Kantor Imigrasi Kelas II TPI Tarakan", "distance_km": 265}]
    stage.backend.refuse(ListDays, "office_not_open", opens_on="2027-01-04", nearest=near)
    citizen.open("/kantor/BPN")
    expect(citizen.page.locator("main")).to_contain_text("dibuka mulai Senin, 4 Januari 2027")
    expect(citizen.page.locator("a.row-link")).to_contain_text("265 km")
    citizen.page.locator("a.row-link").click()
    expect(citizen.page).to_have_url(f"{citizen.url}/kantor/TRK")


def test_a_closed_office_has_its_page_while_booking_is_away(stage: Stage, citizen: CitizenPages) -> None:
    """What the gateway knows by itself is still told."""
    stage.backend.refuse(ListDays, "service_unavailable")
    citizen.open("/kantor/BPN")
    expect(citizen.page.locator(".notice-warn:not([hidden])")).to_contain_text("Sosialisasi")


@pytest.mark.parametrize("days", [(), samples.days()], ids=["no day", "days"])
def test_the_days_say_when_more_are_given_out(
    stage: Stage, citizen: CitizenPages, days: tuple[Day, ...]
) -> None:
    """On the office's own clock."""
    release = NINE + timedelta(days=3, hours=5)
    answer = Days(office="TRK", service="new", days=days, next_release_at=release)
    stage.backend.answer(ListDays, answer)
    citizen.open("/kantor/TRK/new")
    expect(citizen.page.locator("main")).to_contain_text(
        "Jadwal berikutnya dibuka Jumat, 27 November 2026 pukul 14.00 WITA."
    )


def test_a_full_day_says_why_on_its_page(stage: Stage, citizen: CitizenPages) -> None:
    """The same sentence as over the API; the hours are still shown."""
    full = tuple(replace(slot, places_left=0) for slot in samples.slots(samples.DAY))
    stage.backend.answer(ListSlots, Slots(office="TRK", service="new", date=samples.DAY, slots=full))
    citizen.open("/kantor/TRK/new/2026-11-24")
    expect(citizen.page.get_by_role("status")).to_contain_text(
        "Semua tempat pada Selasa, 24 November 2026 sudah penuh."
    )


def test_a_date_that_is_not_among_the_days_can_be_asked_about(stage: Stage, citizen: CitizenPages) -> None:
    """Typed on the page of the days; its own page says why."""
    closed = DayExplanation(
        office="TRK", service="new", date=date(2026, 12, 25), answer="holiday", note="Hari Raya Natal"
    )
    stage.backend.answer(ExplainDay, closed)
    stage.backend.answer(ListSlots, Slots(office="TRK", service="new", date=closed.date, slots=()))
    citizen.open("/kantor/TRK/new")
    citizen.page.get_by_label("Mengapa tanggal lain tidak ada?").fill("2026-12-25")
    citizen.submit("Periksa")
    expect(citizen.page.get_by_role("status")).to_contain_text(
        "Jumat, 25 Desember 2026 hari libur. Hari Raya Natal."
    )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2020-01-01", "Semua jam pada Rabu, 1 Januari 2020 sudah lewat. Pilih hari lain."),
        ("2099-01-01", "Jadwal untuk Kamis, 1 Januari 2099 belum dibuka."),
    ],
)
def test_a_day_years_away_is_told_with_the_days_to_choose_from(
    stage: Stage, citizen: CitizenPages, day: str, words: str
) -> None:
    """Booking explains no such day: that it is past, or not yet, is told all the same."""
    stage.backend.refuse(ExplainDay, "invalid_request", faults=[{"pointer": "/date", "code": "out_of_range"}])
    stage.backend.answer(
        ListSlots, Slots(office="TRK", service="new", date=date.fromisoformat(day), slots=())
    )
    citizen.open(f"/kantor/TRK/new/{day}")
    expect(citizen.page.get_by_role("status")).to_contain_text(words)
    expect(citizen.page.locator("a.day").first).to_be_visible()


@pytest.mark.parametrize("address", ["2026-02-31", "?tanggal=besok", "?tanggal=31-02-2026"])
def test_a_date_that_is_none_is_told_with_the_days_to_choose_from(
    citizen: CitizenPages, address: str
) -> None:
    """Whether it stands in the address or was typed."""
    citizen.open(f"/kantor/TRK/new{'' if address.startswith('?') else '/'}{address}")
    expect(citizen.page.get_by_role("alert")).to_contain_text("Tanggal itu tidak ada.")
    expect(citizen.page.locator("a.day").first).to_be_visible()
    expect(citizen.page.locator("a.hour").first).to_be_visible()


def test_hours_out_of_reach_are_marked_and_cannot_be_chosen(stage: Stage, citizen: CitizenPages) -> None:
    """Who comes from Malinau sees why; they are not hidden."""
    reaches: tuple[Reach, ...] = (
        "no_transport",
        "no_transport",
        "no_transport",
        "in_time",
        "in_time",
        "too_late",
        "too_late",
    )
    slots = tuple(
        replace(slot, reach=reach) for slot, reach in zip(samples.slots(samples.DAY), reaches, strict=True)
    )
    stage.backend.answer(
        ListSlots, Slots(office="TRK", service="new", date=samples.DAY, slots=slots, travel_minutes=240)
    )
    citizen.open("/kantor/TRK/new/2026-11-24")
    citizen.page.get_by_label("Anda datang dari mana?").select_option("Kabupaten Malinau")
    citizen.submit("Tandai")
    assert stage.backend.last(ListSlots).district == "Kabupaten Malinau"
    expect(citizen.page.locator(".hour-far")).to_have_count(5)
    expect(citizen.page.locator("a.hour")).to_have_count(2)
    expect(citizen.page.locator(".hour-far").first).to_contain_text("Tidak terkejar dari daerah Anda")


def test_where_somebody_sets_out_is_told_with_their_booking(stage: Stage, citizen: CitizenPages) -> None:
    """Who has a long way may come later; it was asked for before, and is not asked for again."""
    stage.sign_in(citizen.page, "andi@contoh.id")
    citizen.open("/kantor/TRK/new/2026-11-24/slot-1?dari=Kabupaten+Malinau")
    citizen.confirm()
    citizen.ticket_code()
    assert stage.backend.last(BookSlot).district == "Kabupaten Malinau"
