"""From home to a ticket in six screens, on a phone whose browser runs no script; nothing gets lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from contracts.requests.booking import Bookings, BookSlot, ListBookings, ListSlots, Slots
from tests.e2e import samples
from tests.e2e.samples import CODE, DAY
from tests.e2e.screens import CitizenPages, Person
from tests.e2e.stage import Stage
from tests.held_clock import hold_clock

MOST_SCREENS = 6
HOUR = f"/kantor/TRK/new/{DAY}/slot-1"
MALINAU = "Kabupaten Malinau"


@pytest.fixture
def citizen(stage: Stage, phone_without_script: Page) -> CitizenPages:
    """A citizen before the site, a stranger to it."""
    return CitizenPages(phone_without_script, stage.url)


@pytest.fixture
def shown(citizen: CitizenPages) -> list[str]:
    """Every page that is shown from now on; what only leads on to another is none."""
    pages: list[str] = []
    citizen.page.on("domcontentloaded", lambda page: pages.append(page.url))
    return pages


def register_and_book(citizen: CitizenPages) -> None:
    """Go on from the chosen hour, as somebody new."""
    citizen.fill_registration(Person())
    citizen.submit("Lanjut: minta kode")
    citizen.type_codes()
    citizen.confirm()


def test_a_new_citizen_sees_six_screens(stage: Stage, citizen: CitizenPages, shown: list[str]) -> None:
    """Home, office, register, codes, confirm, ticket; whatever the service."""
    citizen.open("/")
    citizen.find_hours("Tarakan", "Perpanjangan paspor")
    citizen.choose_first_hour()
    register_and_book(citizen)
    assert citizen.ticket_code() == CODE
    assert len(shown) == MOST_SCREENS, shown
    assert stage.backend.last(ListSlots).for_service == "renewal"


def test_the_count_sees_one_screen_more(citizen: CitizenPages, shown: list[str]) -> None:
    """The control: who changes their mind about the day sees one more."""
    citizen.open("/")
    citizen.page.locator("a.row-link", has_text="Tarakan").click()
    citizen.choose_day(25)
    citizen.choose_first_hour()
    register_and_book(citizen)
    assert len(shown) == MOST_SCREENS + 1


def test_who_is_signed_in_sees_four(stage: Stage, citizen: CitizenPages, shown: list[str]) -> None:
    """Nothing is asked that is known."""
    stage.sign_in(citizen.page, "andi@contoh.id")
    citizen.book_first("Tarakan", "Paspor baru")
    assert len(shown) == MOST_SCREENS - 2


def test_who_has_an_account_signs_in_instead(citizen: CitizenPages, shown: list[str]) -> None:
    """The hour is kept along, whichever of the two is done."""
    citizen.open(HOUR)
    citizen.page.locator("main").get_by_role("link", name="Masuk").click()
    citizen.sign_in("andi@contoh.id")
    citizen.confirm()
    assert citizen.ticket_code() == CODE


def test_where_one_comes_from_is_known_at_the_end(
    stage: Stage, citizen: CitizenPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through registering and the codes; the confirmation says when to set out, until the hour begins."""
    hold_clock(monkeypatch, "gateway.pages.citizen.confirmation", samples.NINE - timedelta(days=1))
    stage.backend.answer(
        ListSlots,
        Slots(office="TRK", service="new", date=DAY, slots=samples.slots(DAY), travel_minutes=240),
    )
    citizen.open("/kantor/TRK")
    citizen.page.get_by_label("Anda datang dari mana?").select_option(MALINAU)
    citizen.submit("Tandai")
    citizen.choose_first_hour()
    citizen.fill_registration(Person())
    citizen.submit("Lanjut: minta kode")
    citizen.type_codes()
    way = citizen.page.locator("main")
    expect(way).to_contain_text(f"{MALINAU}, 4 jam")
    expect(way).to_contain_text("Berangkat paling lambat Selasa, 24 November 2026 pukul 04.30 WITA")


def test_who_mistyped_their_number_finds_the_form_filled_in(citizen: CitizenPages) -> None:
    """All but the NIK and the password is there again; after the codes it is forgotten."""
    citizen.open(HOUR)
    citizen.fill_registration(Person(phone="0812 3456 0000"))
    citizen.submit("Lanjut: minta kode")
    citizen.page.get_by_role("link", name="Perbaiki formulirnya").click()
    page = citizen.page
    assert page.input_value("#name") == "Andi Pratama"
    assert page.input_value("#phone") == "0812 3456 0000"
    assert page.get_by_role("radio", name="Pak", exact=True).is_checked()
    assert (page.input_value("#nik"), page.input_value("#password")) == ("", "")
    citizen.fill_registration(Person())
    citizen.submit("Lanjut: minta kode")
    citizen.type_codes()
    assert page.url.endswith(HOUR)
    assert {cookie["name"] for cookie in page.context.cookies()} == {"antrean_session"}


def test_an_hour_taken_meanwhile_is_told_with_the_nearest(stage: Stage, citizen: CitizenPages) -> None:
    """Before anything is pressed, after registering took its time; one touch chooses another."""
    citizen.open(HOUR)
    taken = tuple(
        replace(slot, places_left=0) if slot.slot_id == "slot-1" else slot for slot in samples.slots(DAY)
    )
    stage.backend.answer(ListSlots, Slots(office="TRK", service="new", date=DAY, slots=taken))
    citizen.fill_registration(Person())
    citizen.submit("Lanjut: minta kode")
    citizen.type_codes()
    told = citizen.page.get_by_role("alert")
    expect(told).to_contain_text("Jam ini baru saja penuh.")
    expect(told.locator("a.hour .hour-time")).to_have_text(["10.00–11.00", "11.00–12.00", "13.00–14.00"])
    told.locator("a.hour").first.click()
    citizen.confirm()
    assert stage.backend.last(BookSlot).slot_id == "slot-2"


@pytest.mark.parametrize("path", ["/masuk", "/daftar", f"/daftar/kode/{samples.REGISTRATION}"])
def test_who_is_signed_in_goes_on_to_their_tickets(stage: Stage, citizen: CitizenPages, path: str) -> None:
    """Nobody signs in or registers twice; an address to go on to is kept."""
    stage.sign_in(citizen.page, "andi@contoh.id")
    citizen.open(path)
    expect(citizen.page).to_have_url(f"{citizen.url}/pesanan")
    citizen.open(f"{path}?lanjut={HOUR}")
    expect(citizen.page).to_have_url(f"{citizen.url}{HOUR}")


def test_who_may_not_see_a_page_signs_in_as_somebody_else(stage: Stage, citizen: CitizenPages) -> None:
    """Signed out first, and then where they wanted to go."""
    stage.sign_in(citizen.page, "andi@contoh.id")
    citizen.open("/loket/TRK")
    citizen.submit("Masuk dengan akun lain")
    citizen.sign_in("petugas.trk")
    expect(citizen.page).to_have_url(f"{citizen.url}/loket/TRK")


def test_what_was_done_is_said_once(citizen: CitizenPages) -> None:
    """A reload of the ticket shows the ticket alone."""
    citizen.open("/masuk")
    citizen.sign_in("andi@contoh.id")
    citizen.open(HOUR)
    citizen.confirm()
    done = citizen.page.get_by_text("Antrean Anda sudah dipesan")
    expect(done).to_be_visible()
    citizen.page.reload()
    expect(citizen.page.locator(".ticket-qr")).to_be_visible()
    expect(done).to_have_count(0)


def test_one_active_booking_is_told_at_once(stage: Stage, citizen: CitizenPages) -> None:
    """On the list, and before an hour is booked; not when it is over."""
    stage.sign_in(citizen.page, "andi@contoh.id")
    starts_at = datetime.now(UTC) + timedelta(days=3)
    ahead = replace(stage.backend.booking, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    over = replace(
        ahead, starts_at=ahead.starts_at - timedelta(days=9), ends_at=ahead.ends_at - timedelta(days=9)
    )
    for booking, told in ((ahead, 1), (over, 0)):
        stage.backend.answer(ListBookings, Bookings(bookings=(booking,)))
        citizen.open("/pesanan")
        expect(citizen.page.get_by_role("link", name="Ambil antrean baru")).to_have_count(1 - told)
        citizen.open(HOUR)
        expect(citizen.page.get_by_text("Anda sudah punya antrean aktif")).to_have_count(told)


def test_an_hour_left_for_priority_classes_says_so(stage: Stage, citizen: CitizenPages) -> None:
    """It can be chosen by who is of such a class, and the confirmation asks which."""
    left = tuple(replace(slot, places_left=0, priority_places_left=2) for slot in samples.slots(DAY))
    stage.backend.answer(ListSlots, Slots(office="TRK", service="new", date=DAY, slots=left))
    stage.sign_in(citizen.page, "andi@contoh.id")
    citizen.open(f"/kantor/TRK/new/{DAY}")
    expect(citizen.page.locator(".hour-left").first).to_have_text("Hanya prioritas")
    citizen.choose_first_hour()
    expect(citizen.page.locator("#priority-hint")).to_contain_text("tinggal untuk kelas prioritas")
    citizen.page.get_by_label("Kelas prioritas Anda").select_option("Hamil")
    citizen.confirm()
    assert stage.backend.last(BookSlot).priority == "pregnant"
