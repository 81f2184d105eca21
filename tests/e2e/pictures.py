"""Take the pictures in docs/screenshots anew, from the whole system: `python -m tests.e2e.pictures`.

One story on the real parts: Pak Andi finds an hour, registers, books, scans; counter 1 calls him. Counters 2
to 4 are at work already, and others wait.
"""

import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.e2e.browser import DESK, PHONE, TELEVISION, launched
from tests.e2e.screens import BoardPage, CitizenPages, CounterPage, KioskPage, Person
from tests.stack import PROJECT, Stack

OFFICE = "TRK"
PICTURES = PROJECT / "docs" / "screenshots"
SHARPNESS_OF_PHONES = 4 / 3
IN_THE_HALL = (
    ("Bu Sari", "6473014505850011", "1985-05-05", "new"),
    ("Pak Budi", "6473011203780012", "1978-03-12", "renewal"),
    ("Sdri. Maria", "6473016207960013", "1996-07-22", "epassport"),
)
"""Who is called before Pak Andi: name, NIK, birth date and service."""
WAITING = (
    ("Pak Joko", "6473010101800014", "1980-01-01", "new"),
    ("Bu Rina", "6473014202910015", "1991-02-02", "renewal"),
)


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
    officer = stack.sign_in(f"petugas.{OFFICE.lower()}")
    for counter_number, person in enumerate(IN_THE_HALL, start=2):
        admit(stack, officer, person)
        for deed in ("open", "call"):
            path = f"/v1/offices/{OFFICE}/counters/{counter_number}/{deed}"
            stack.post(path, {}, headers=officer).raise_for_status()
    expect(television.locator(".earlier-list li")).to_have_count(len(IN_THE_HALL) - 1)
    expect(television.locator(".call-now")).to_have_count(0, timeout=60_000)
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
    for person in WAITING:
        admit(stack, officer, person)
    expect(counter.page.locator("main")).to_contain_text(f"{len(WAITING)} menunggu")
    take(counter.page, "counter")
    board.expect_call(number, Person().display_name, 1)
    take(television, "board")
    phone = tab(browser, PHONE)
    phone.goto(stack.sandbox_url)
    phone.get_by_text("loket 1").first.wait_for()
    phone.locator(".phone").evaluate("frame => frame.scrollIntoView()")
    take(phone, "phone")


def admit(stack: Stack, officer: dict[str, str], person: tuple[str, str, str, str]) -> None:
    """Let the front desk book the present hour for somebody, and scan the ticket."""
    display_name, nik, birth_date, service = person
    today = datetime.now(ZoneInfo("Asia/Makassar")).date()
    slots = stack.get(f"/v1/offices/{OFFICE}/slots?service={service}&date={today}").json()["slots"]
    form = {
        "nik": nik,
        "name": display_name,
        "display_name": display_name,
        "birth_date": birth_date,
        "for_service": service,
        "slot_id": slots[0]["slot_id"],
        "consent": True,
        "consent_given": "spoken",
    }
    path = f"/v1/offices/{OFFICE}"
    made = stack.post(
        f"{path}/assisted-bookings", form, headers={**officer, "Idempotency-Key": f"desk-{nik}"}
    )
    made.raise_for_status()
    scan = stack.post(f"{path}/scans", {"ticket": made.json()["ticket"]}, headers=officer)
    scan.raise_for_status()


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
