"""What the phone keeps for when there is no network; the browser has to run service workers."""

from playwright.sync_api import expect

from tests.e2e.samples import CODE
from tests.e2e.screens import CitizenPages
from tests.e2e.state import State

CITIZEN, TICKET = "andi@contoh.id", f"/tiket/{CODE}"


def _keep(pages: CitizenPages) -> None:
    expect(pages.page.locator("[data-kept-note]")).to_be_visible()


def _open_copy(pages: CitizenPages, path: str) -> None:
    _keep(pages)
    pages.page.context.set_offline(True)
    pages.open(path)
    expect(pages.page.locator("[data-kept-notice]")).to_be_visible()


COPY_STATES = {
    "ticket, kept on the phone": State(path=TICKET, login=CITIZEN, then=_keep),
    "ticket, copy without a network": State(
        path=TICKET, login=CITIZEN, then=lambda pages: _open_copy(pages, TICKET)
    ),
    "bookings, copy without a network": State(
        path=TICKET, login=CITIZEN, then=lambda pages: _open_copy(pages, "/pesanan")
    ),
}
