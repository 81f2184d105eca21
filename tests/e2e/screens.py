"""The pages as their users handle them: what is filled in, pressed and read. In Indonesian.

They know no address but the site's, so they work on the stage and on the whole system alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

SIGN_IN_WORD = "antrean-demo-2026"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What somebody fills in to register."""

    name: str = "Andi Pratama"
    nik: str = "6473012311900001"
    birth_date: str = "23-11-1990"
    sex: str = "Laki-laki"
    address: str = "Pak"
    nickname: str = "Andi"
    phone: str = "0812 3456 7890"
    email: str = "andi@contoh.id"
    password: str = "kata-sandi-panjang"

    @property
    def display_name(self) -> str:
        """The name that the hall hears."""
        return f"{self.address} {self.nickname}"


class CitizenPages:
    """A citizen on the phone."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def open(self, path: str = "/") -> Any:
        """Open a page of the site."""
        return self.page.goto(f"{self.url}{path}")

    def fill_registration(self, person: Person) -> None:
        """Fill in the registration form that is shown."""
        for field in ("name", "nik", "birth_date", "nickname", "phone", "email", "password"):
            self.page.fill(f"#{field}", getattr(person, field))
        if person.sex:
            self.page.get_by_role("radio", name=person.sex, exact=True).check()
        if person.address:
            self.page.get_by_role("radio", name=person.address, exact=True).check()

    def register(self, person: Person) -> None:
        """Fill in the form from its beginning, and send it."""
        self.open("/daftar")
        self.fill_registration(person)
        self.submit("Lanjut: minta kode")

    def type_codes(self, phone_code: str = "123456", email_code: str = "654321") -> None:
        """Type the codes that came, and be done with registering."""
        self.page.fill("#phone_code", phone_code)
        self.page.fill("#email_code", email_code)
        self.submit("Selesai mendaftar")

    def add_relative(self, relative: Person) -> None:
        """Add somebody on the family's page, which is shown."""
        for field in ("name", "nik", "birth_date", "nickname"):
            self.page.fill(f"#{field}", getattr(relative, field))
        self.page.get_by_role("radio", name=relative.address, exact=True).check()
        self.submit("Tambahkan")

    def change_password(self, password: str, new_password: str) -> None:
        """Change the password on the account's page, which is shown."""
        self.page.fill("#password", password)
        self.page.fill("#new_password", new_password)
        self.submit("Ganti kata sandi")

    def sign_in(self, login: str, password: str = SIGN_IN_WORD) -> None:
        """Sign in from the sign-in page, which may be shown already."""
        if "/masuk" not in self.page.url:
            self.open("/masuk")
        self.page.fill("#login", login)
        self.page.fill("#password", password)
        self.submit("Masuk")

    def submit(self, label: str) -> None:
        """Press a form's button, and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=label, exact=True).click()

    def find_hours(self, office: str, service: str) -> None:
        """Find an office by a word that only it has, from the home page, which is shown."""
        self.page.get_by_label("Untuk keperluan apa?").select_option(service)
        self.page.get_by_label("Kantor, kota, kabupaten, provinsi").fill(office)
        self.submit("Cari jadwal")

    def choose_day(self, number: int) -> None:
        """Choose a day by its number in the month."""
        self.page.locator("a.day", has_text=f"{number} ").first.click()

    def choose_day_ahead(self, days: int) -> None:
        """Choose one of the days that are shown, counted from the first."""
        with self.page.expect_navigation():
            self.page.locator("a.day").nth(days).click()

    def choose_first_hour(self) -> None:
        """Choose the first hour with a place left."""
        self.page.locator("a.hour").first.click()

    def confirm(self) -> None:
        """Book what the page shows."""
        self.submit("Pesan sekarang")

    def book_first(self, office: str, service: str) -> str:
        """Book the first place of an office and return the booking code."""
        self.open("/")
        self.find_hours(office, service)
        self.choose_first_hour()
        self.confirm()
        return self.ticket_code()

    def ticket_code(self) -> str:
        """Read the code of the ticket that is shown."""
        return self.page.locator(".ticket-code .code").inner_text()


class KioskPage:
    """The kiosk at the door."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def open(self, office: str) -> None:
        """Show the kiosk of an office; the device has to be signed in."""
        self.page.goto(f"{self.url}/kios/{office}")
        expect(self.page.locator(".screen-idle")).to_be_visible()

    def scan(self, text: str, end: Sequence[str] = ("Enter",)) -> None:
        """Let the USB scanner type a code and Enter, as fast as scanners do."""
        self.page.evaluate(
            """keys => {
                const target = document.activeElement ?? document.body;
                for (const key of keys) {
                    const press = new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true});
                    target.dispatchEvent(press);
                }
            }""",
            [*text, *end],
        )

    def scan_slowly(self, text: str, milliseconds: int) -> None:
        """Let a scanner pause after each of its first keys, then after some; the clock is the test's."""
        pieces = [*text[:20], *(text[at : at + 25] for at in range(20, len(text), 25))]
        for piece in pieces:
            self.scan(piece, end=())
            self.page.clock.run_for(milliseconds)
        self.page.keyboard.press("Enter")

    def begin_typing(self) -> None:
        """Touch the button that shows the keys."""
        self.page.get_by_role("button", name="Ketik kode tiket").click()
        expect(self.page.locator(".keys")).to_be_visible()

    def type_code(self, code: str) -> None:
        """Touch the booking code on the screen's keys; the office's letters are there already."""
        self.begin_typing()
        for letter in code.partition("-")[2]:
            self.page.get_by_role("button", name=letter, exact=True).click()
        self.page.get_by_role("button", name="Lanjut").click()

    def expect_number(self, number: str) -> None:
        """Wait for the queue number on the screen."""
        expect(self.page.locator(".result-number")).to_have_text(number)

    def number(self) -> str:
        """Wait for any queue number on the screen, and read it."""
        return self.page.locator(".result-number").inner_text()


class CounterPage:
    """The officer's console."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def open(self, office: str, counter: int) -> None:
        """Sit down before a counter's console; the officer has to be signed in."""
        self.page.goto(f"{self.url}/loket/{office}/{counter}")
        expect(self.page.locator(".actions-list")).to_be_visible()

    def press(self, key: str) -> None:
        """Press a key once the console is waiting for one."""
        expect(self.page.locator("main")).to_have_attribute("aria-busy", "false")
        self.page.keyboard.press(key)

    def open_counter(self) -> None:
        """Open the counter with B."""
        self.press("b")
        expect(self.page.get_by_role("button", name="Tutup loket")).to_be_visible()

    def call_next(self) -> str:
        """Call with the space bar and return the number before the counter."""
        self.press(" ")
        return self.page.locator(".present-number").inner_text()

    def choose(self, digit: int) -> None:
        """Choose from the list that is asked, by its digit."""
        expect(self.page.locator(f"[data-digit='{digit}']")).to_be_visible()
        self.press(str(digit))

    def finish(self) -> None:
        """Be done with S."""
        self.press("s")
        expect(self.page.locator(".present-number")).to_have_count(0)


class BoardPage:
    """The board in the hall."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url

    def open(self, office: str, *, voices: str = "id") -> None:
        """Hang the board up, and wait until its script follows the hall."""
        self.page.goto(f"{self.url}/papan/{office}?suara={voices}")
        expect(self.page.locator(".board:not(.board-still) .call")).to_be_visible()

    def expect_call(self, number: str, name: str, counter: int) -> None:
        """Wait until a call stands on the board."""
        card = self.page.locator(".call")
        expect(card).to_contain_text(number)
        expect(card).to_contain_text(name)
        expect(card).to_contain_text(f"Loket {counter}")

    def turn_sound_on(self) -> None:
        """Tap the one button that browsers ask for."""
        self.page.get_by_role("button", name="Aktifkan suara").click()
        expect(self.page.locator(".board-foot")).to_contain_text("Bel")
