"""A ticket stays on the phone: it opens without a network, says so, and goes with its owner."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import requests
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from contracts.requests.booking import Bookings, GetBooking, ListBookings
from gateway.auth import SESSION_COOKIE
from tests.e2e.browser import PHONE
from tests.e2e.payment_samples import billed
from tests.e2e.samples import CODE
from tests.e2e.screens import CitizenPages
from tests.e2e.stage import Stage

TICKET = f"/tiket/{CODE}"
KEPT_PATHS = """
    async () => {
        const opened = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
        const requests = await Promise.all(opened.map((cache) => cache.keys()));
        return requests.flat().map((request) => new URL(request.url).pathname).sort();
    }
"""


@pytest.fixture
def citizen(stage: Stage, phone: Page) -> CitizenPages:
    """A citizen who is signed in, on a phone."""
    stage.sign_in(phone, "andi@contoh.id")
    return CitizenPages(phone, stage.url)


def test_the_ticket_opens_without_a_network_and_its_code_is_read(stage: Stage, citizen: CitizenPages) -> None:
    """The page, its styles and its code are there, and it says that it is a copy."""
    keep_ticket(citizen)
    citizen.page.context.set_offline(True)
    failed: list[str] = []
    citizen.page.on("requestfailed", lambda request: failed.append(request.url))
    citizen.open(TICKET)
    expect(notice(citizen.page)).to_contain_text("Salinan di ponsel ini")
    assert citizen.ticket_code() == CODE
    picture = Image.open(io.BytesIO(citizen.page.locator(".ticket-qr").screenshot()))
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == stage.backend.ticket
    background = "() => getComputedStyle(document.querySelector('.ticket-head')).backgroundColor"
    assert citizen.page.evaluate(background) == "rgb(10, 69, 83)"
    assert citizen.page.evaluate("() => document.fonts.check('16px \"Plus Jakarta Sans\"')")
    assert failed == []


def test_one_finds_ones_tickets_without_a_network(citizen: CitizenPages) -> None:
    """The list, where the home screen's icon leads, is kept with the first ticket."""
    keep_ticket(citizen)
    citizen.page.context.set_offline(True)
    citizen.open("/pesanan")
    citizen.page.locator("a.row-link", has_text=CODE).click()
    assert citizen.ticket_code() == CODE


def test_without_the_worker_there_is_no_page_without_a_network(citizen: CitizenPages) -> None:
    """What the other tests rely on: without a kept copy the browser has nothing to show."""
    citizen.page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        citizen.open(TICKET)


def test_with_a_network_the_ticket_is_the_latest(citizen: CitizenPages) -> None:
    """No word of a copy while the site answers."""
    keep_ticket(citizen)
    citizen.open(TICKET)
    expect(citizen.page.locator("[data-kept-note]")).to_be_visible()
    expect(notice(citizen.page)).to_be_hidden()


def test_a_ticket_cancelled_elsewhere_is_so_at_the_next_visit(stage: Stage, citizen: CitizenPages) -> None:
    """From then on the kept ticket is the cancelled one, without a code, and so is the list."""
    keep_ticket(citizen)
    cancelled = replace(stage.backend.booking, status="cancelled", ticket="", version=2)
    stage.backend.answer(GetBooking, cancelled)
    stage.backend.answer(ListBookings, Bookings(bookings=(cancelled,)))
    citizen.open(TICKET)
    expect(citizen.page.locator("main")).to_contain_text("Pemesanan ini sudah dibatalkan")
    wait_until_kept(citizen.page, "/pesanan", "Dibatalkan")
    citizen.page.context.set_offline(True)
    citizen.open(TICKET)
    expect(citizen.page.locator("main")).to_contain_text("Pemesanan ini sudah dibatalkan")
    expect(citizen.page.locator(".ticket-qr")).to_have_count(0)
    citizen.open("/pesanan")
    expect(citizen.page.locator(".row-cancelled")).to_have_count(1)


def test_cancelling_here_changes_the_copy_too(citizen: CitizenPages) -> None:
    """The page that follows the form is the one that is kept."""
    keep_ticket(citizen)
    citizen.open(f"{TICKET}/batal")
    citizen.submit("Ya, batalkan")
    wait_until_kept(citizen.page, TICKET, "Pemesanan ini sudah dibatalkan")


def test_signing_out_leaves_nothing_on_the_phone(citizen: CitizenPages) -> None:
    """Neither with a network nor without one is there a word of the ticket."""
    keep_ticket(citizen)
    citizen.page.get_by_role("button", name="Keluar").click()
    expect(citizen.page).to_have_url(f"{citizen.url}/")
    assert citizen.page.evaluate(KEPT_PATHS) == []
    citizen.open(TICKET)
    assert "/masuk" in citizen.page.url
    citizen.page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_"):
        citizen.open(TICKET)


def test_somebody_elses_page_drops_what_is_kept(stage: Stage, citizen: CitizenPages) -> None:
    """Who takes over a phone without signing out finds only their own tickets."""
    keep_ticket(citizen)
    siti = stage.backend.session("citizen", subject="citizen-2")
    citizen.page.context.add_cookies([{"name": SESSION_COOKIE, "value": siti.token, "url": stage.url}])
    stage.backend.answer(ListBookings, Bookings(bookings=()))
    citizen.open("/pesanan")
    wait_until_kept(citizen.page, "/pesanan", "Belum ada tiket")
    assert TICKET not in citizen.page.evaluate(KEPT_PATHS)


def test_at_the_door_the_ticket_is_there_though_the_session_is_over(citizen: CitizenPages) -> None:
    """A session lasts hours, a ticket days: its copy is shown, with the way to sign in; the list is not."""
    keep_ticket(citizen)
    citizen.page.context.clear_cookies()
    citizen.open(TICKET)
    assert citizen.ticket_code() == CODE
    expect(notice(citizen.page).get_by_role("link", name="masuk")).to_be_visible()
    citizen.open("/pesanan")
    assert "/masuk" in citizen.page.url


def test_a_service_that_is_away_does_not_take_the_ticket_away(stage: Stage, citizen: CitizenPages) -> None:
    """The copy is shown in place of an error page."""
    keep_ticket(citizen)
    stage.backend.refuse(GetBooking, "service_unavailable")
    citizen.open(TICKET)
    assert citizen.ticket_code() == CODE
    expect(notice(citizen.page)).to_be_visible()


def test_a_site_that_is_slow_is_not_waited_for(stage: Stage, citizen: CitizenPages) -> None:
    """After four seconds of silence the copy is shown."""
    keep_ticket(citizen)
    stage.backend.answering.clear()
    try:
        citizen.open(TICKET)
        assert citizen.ticket_code() == CODE
        expect(notice(citizen.page)).to_be_visible()
    finally:
        stage.backend.answering.set()


def test_a_booking_that_is_no_longer_there_is_not_kept(stage: Stage, citizen: CitizenPages) -> None:
    """What the site does not know, the phone does not show."""
    keep_ticket(citizen)
    stage.backend.refuse(GetBooking, "unknown_booking")
    citizen.open(TICKET)
    citizen.page.wait_for_function("() => caches.match(location.pathname).then((copy) => !copy)")


def test_copies_and_their_files_go_when_they_are_old(stage: Stage, citizen: CitizenPages) -> None:
    """A day after the visit its ticket goes, and with it the files that no other page names."""
    keep_ticket(citizen)
    citizen.page.evaluate(
        """async () => {
            const cache = await caches.open((await caches.keys())[0]);
            await cache.put("/aset/0123456789/base.css", new Response("old"));
            const past = new Date(Date.now() - 1000).toUTCString();
            await cache.put("/tiket/TRK-000000", new Response("old", { headers: { "wallet-until": past } }));
        }"""
    )
    citizen.open(TICKET)
    citizen.page.wait_for_function(
        """async () => {
            const cache = await caches.open((await caches.keys())[0]);
            const paths = (await cache.keys()).map((request) => new URL(request.url).pathname);
            return !paths.some((path) => path.includes("0123456789") || path.includes("000000"));
        }"""
    )
    assert TICKET in citizen.page.evaluate(KEPT_PATHS)


def test_only_tickets_are_kept(stage: Stage, citizen: CitizenPages) -> None:
    """Offices and hours would be old at once; forms and the API are never kept."""
    keep_ticket(citizen)
    for path in ("/", "/kantor/TRK", "/kantor/TRK/new", f"{TICKET}/batal", f"/v1/bookings/{CODE}"):
        citizen.open(path)
    pages = {path for path in citizen.page.evaluate(KEPT_PATHS) if not path.startswith("/aset/")}
    assert pages == {"/pesanan", TICKET}


def test_kept_pages_do_not_say_twice_that_a_booking_is_new(citizen: CitizenPages) -> None:
    """The copy of the page after booking is the ticket itself."""
    citizen.open(f"{TICKET}?baru=1")
    expect(citizen.page.locator("[data-kept-note]")).to_be_visible()
    citizen.page.context.set_offline(True)
    citizen.open(f"{TICKET}?baru=1")
    assert citizen.ticket_code() == CODE
    expect(citizen.page.get_by_text("Antrean Anda sudah dipesan")).to_have_count(0)


def test_a_bill_is_not_kept_as_if_it_were_a_ticket(stage: Stage, citizen: CitizenPages) -> None:
    """Without a network it would say what is long untrue; once it is paid the ticket is kept."""
    stage.backend.answer(GetBooking, billed("due"))
    citizen.open("/pesanan")
    wait_until_kept(citizen.page, "/pesanan", CODE)
    citizen.open(TICKET)
    expect(citizen.page.get_by_role("heading", level=1)).to_have_text("Bayar dulu")
    stage.backend.answer(ListBookings, Bookings(bookings=(billed("due"),)))
    citizen.open("/pesanan")
    wait_until_kept(citizen.page, "/pesanan", "Bayar sebelum")  # one page is kept after the other
    assert TICKET not in citizen.page.evaluate(KEPT_PATHS)
    stage.backend.answer(GetBooking, stage.backend.booking)
    keep_ticket(citizen)
    assert TICKET in citizen.page.evaluate(KEPT_PATHS)


def test_a_bill_of_somebody_else_drops_what_is_kept(stage: Stage, citizen: CitizenPages) -> None:
    """Though it is not kept itself."""
    keep_ticket(citizen)
    siti = stage.backend.session("citizen", subject="citizen-2")
    citizen.page.context.add_cookies([{"name": SESSION_COOKIE, "value": siti.token, "url": stage.url}])
    stage.backend.answer(GetBooking, billed("due"))
    citizen.open(TICKET)
    citizen.page.wait_for_function("() => caches.keys().then((names) => names.length === 0)")


def test_without_a_script_the_ticket_is_as_before(stage: Stage, new_page: Callable[..., Page]) -> None:
    """Nothing speaks of copies where none can be kept."""
    page = new_page(viewport=PHONE, java_script_enabled=False)
    stage.sign_in(page, "andi@contoh.id")
    page.goto(f"{stage.url}{TICKET}")
    expect(page.locator(".ticket-qr svg")).to_be_visible()
    expect(page.locator("[data-kept-note], [data-kept-notice]").filter(visible=True)).to_have_count(0)


def test_the_worker_is_asked_for_anew_and_rules_the_whole_site(stage: Stage) -> None:
    """At the root, so that it sees signing out; a new version of it is in force at the next visit."""
    answer = requests.get(f"{stage.url}/tiket-luring.js", timeout=5)
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_site_can_be_put_on_the_home_screen(stage: Stage, citizen: CitizenPages) -> None:
    """The manifest is whole: Chromium finds nothing to say about it, and its icons have their sizes."""
    citizen.open(TICKET)
    devtools = citizen.page.context.new_cdp_session(citizen.page)
    found: dict[str, Any] = devtools.send("Page.getAppManifest")
    assert found["errors"] == []
    manifest = json.loads(found["data"])
    assert (manifest["start_url"], manifest["display"]) == ("/pesanan", "standalone")
    for icon in manifest["icons"]:
        answer = requests.get(found["url"].replace("antrean.webmanifest", icon["src"]), timeout=5)
        assert answer.headers["Content-Type"] == icon["type"]
        if icon["type"] == "image/png":
            assert "{}x{}".format(*Image.open(io.BytesIO(answer.content)).size) == icon["sizes"]


def keep_ticket(citizen: CitizenPages) -> None:
    """Open the ticket once with a network, and wait until the phone says that it is kept."""
    citizen.open(TICKET)
    expect(citizen.page.locator("[data-kept-note]")).to_be_visible()


def notice(page: Page) -> Any:
    """Return what says that the page is a copy."""
    return page.locator("[data-kept-notice]")


def wait_until_kept(page: Page, path: str, words: str) -> None:
    """Wait until the kept copy of a page has these words."""
    page.wait_for_function(
        "async ([path, words]) => (await (await caches.match(path))?.text())?.includes(words)",
        arg=[path, words],
    )
