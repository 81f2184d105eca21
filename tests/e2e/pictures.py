"""Take the pictures in docs/screenshots anew, from the whole system: `python -m tests.e2e.pictures`.

One story on the real parts: Pak Andi finds an hour, registers, books, scans; counter 1 calls him.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.e2e.browser import DESK, PHONE, TELEVISION, launched
from tests.e2e.screens import BoardPage, CitizenPages, CounterPage, KioskPage, Person
from tests.stack import PROJECT, Stack

OFFICE = "TRK"
PICTURES = PROJECT / "docs" / "screenshots"
SHARPNESS_OF_PHONES = 4 / 3


def main() -> None:
    """Start the system in a folder that goes away, tell the story, and keep what is seen on the way."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        stack = Stack(Path(folder) / "system").start()
        try:
            with launched(playwright) as browser:
                ticket = book(stack, tab(browser, PHONE))
                serve(stack, browser, ticket)
                take_head(stack, tab(browser, DESK))
        finally:
            stack.stop()


def book(stack: Stack, page: Page) -> str:
    """Take the citizen's way, and return what the ticket's code says."""
    andi = Person()
    citizen = CitizenPages(page, stack.url)
    citizen.open("/")
    take(page, "home")
    citizen.find_hours("Tarakan", "Paspor baru")
    take(page, "hours")
    citizen.choose_first_hour()
    citizen.fill_registration(andi)
    citizen.submit("Lanjut: minta kode")
    citizen.type_codes(*stack.codes("+6281234567890", andi.email))
    take(page, "confirm")
    citizen.confirm()
    code = citizen.ticket_code()
    page.reload()
    page.locator("[data-kept-note]").wait_for()
    take(page, "ticket")
    return str(page.request.get(f"{stack.url}/v1/bookings/{code}").json()["ticket"])


def serve(stack: Stack, browser: Browser, ticket: str) -> None:
    """Let the kiosk read the ticket and counter 1 call it; the hall and the phone hear of it."""
    television = tab(browser, TELEVISION)
    board = BoardPage(television, stack.url)
    board.open(OFFICE)
    desk = tab(browser, DESK)
    CitizenPages(desk, stack.url).sign_in(f"kios.{OFFICE.lower()}")
    kiosk = KioskPage(desk, stack.url)
    kiosk.open(OFFICE)
    take(desk, "kiosk")
    kiosk.scan(ticket)
    number = kiosk.number()
    counter = CounterPage(tab(browser, DESK), stack.url)
    CitizenPages(counter.page, stack.url).sign_in(f"petugas.{OFFICE.lower()}")
    counter.open(OFFICE, 1)
    counter.open_counter()
    counter.call_next()
    take(counter.page, "counter")
    board.expect_call(number, Person().display_name, 1)
    take(television, "board")
    phone = tab(browser, PHONE)
    phone.goto(stack.sandbox_url)
    phone.get_by_text("loket 1").first.wait_for()
    take(phone, "phone")


def take_head(stack: Stack, page: Page) -> None:
    """Show the coming days as the office's head sees them."""
    CitizenPages(page, stack.url).sign_in(f"kepala.{OFFICE.lower()}")
    take(page, "head")


def tab(browser: Browser, size: ViewportSize) -> Page:
    """Open a tab of that size; phones are as sharp as phones."""
    sharpness = SHARPNESS_OF_PHONES if size == PHONE else 1
    return browser.new_context(viewport=size, locale="id-ID", device_scale_factor=sharpness).new_page()


def take(page: Page, name: str) -> None:
    """Keep what is seen without scrolling."""
    page.evaluate("() => document.fonts.ready")
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main()
