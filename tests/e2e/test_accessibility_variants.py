"""What test_accessibility.py finds nothing in is without findings in English and without a script, too."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from contracts.requests.checkin import CallNext, GetCounter, ScanTicket
from contracts.requests.display import GetBoard
from gateway.pages.catalogue import translations
from tests.e2e import samples
from tests.e2e.accessibility import findings
from tests.e2e.browser import DESK, PHONE, TELEVISION
from tests.e2e.copy_states import COPY_STATES
from tests.e2e.page_states import CITIZEN_STATES
from tests.e2e.problem_states import PROBLEM_STATES
from tests.e2e.screens import CitizenPages, KioskPage, Person
from tests.e2e.stage import Stage
from tests.e2e.state import INTERNAL, State, arrive

IN_ENGLISH = CITIZEN_STATES | PROBLEM_STATES

english = translations("en").gettext


class EnglishPages(CitizenPages):
    """A citizen who reads English."""

    def submit(self, label: str) -> None:
        """Press a button by its English name."""
        super().submit(english(label))

    def fill_registration(self, person: Person) -> None:
        """Fill in the form; its choices are in English."""
        super().fill_registration(replace(person, sex=english(person.sex)))


@pytest.fixture(scope="module")
def kept_locale() -> str:
    """English."""
    return "en-GB"


@pytest.fixture
def english_page(kept_phone: Page) -> Page:
    """A phone set to English whose browser gets no script; axe itself needs one, so they are held back."""
    kept_phone.route("**/*.js", lambda route: route.abort())
    return kept_phone


@pytest.mark.parametrize("state", IN_ENGLISH.values(), ids=IN_ENGLISH.keys())
def test_pages_in_english_and_without_a_script_have_no_findings(
    stage: Stage, english_page: Page, state: State
) -> None:
    """Every page in every state, on a phone and on a desk; English words are as wide as they may be.

    Their colours are those of the Indonesian pages, where contrast is looked at.
    """
    pages = EnglishPages(english_page, stage.url)
    assert arrive(stage, pages, state) != INTERNAL
    if state.path != "/api":
        assert pages.page.locator("html").get_attribute("lang") == "en"
    _check(pages.page, PHONE, DESK, contrast=False)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("state", COPY_STATES.values(), ids=COPY_STATES.keys())
def test_a_copy_on_the_phone_has_no_findings(
    stage: Stage, new_page: Callable[..., Page], state: State, language: str
) -> None:
    """The ticket that says it is kept; the ticket and the list as copies without a network."""
    pages = CitizenPages(new_page(viewport=PHONE, locale=language), stage.url)
    assert arrive(stage, pages, state) != INTERNAL
    _check(pages.page, PHONE, DESK)


@pytest.mark.parametrize("size", [TELEVISION, PHONE], ids=["television", "phone"])
def test_the_dark_board_in_english_has_no_findings(
    stage: Stage, new_page: Callable[..., Page], size: ViewportSize
) -> None:
    """With calls, and with nobody called."""
    page = new_page(viewport=size, locale="en", reduced_motion="reduce")
    page.goto(f"{stage.url}/papan/TRK")
    expect(page.locator(".call").first).to_be_visible()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    _check(page)
    stage.backend.answer(GetBoard, samples.board("SKW", calls=()))
    page.goto(f"{stage.url}/papan/SKW")
    _check(page)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_kiosk_and_console_in_english_have_no_findings(
    stage: Stage, new_page: Callable[..., Page], size: ViewportSize
) -> None:
    """Waiting, admitted and refused; closed, with an applicant, and with an error."""
    page = new_page(viewport=size, locale="en", reduced_motion="reduce")
    stage.sign_in(page, "kios.trk")
    kiosk = KioskPage(page, stage.url)
    page.goto(f"{stage.url}/kios/TRK")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    _check(page)
    kiosk.scan(stage.backend.ticket)
    kiosk.expect_number("A-012")
    _check(page)
    nine = "2026-11-24T09:00:00+08:00"
    stage.backend.refuse(ScanTicket, "ticket_other_day", date="2026-11-24", starts_at=nine, is_past=False)
    kiosk.scan(stage.backend.ticket)
    expect(page.locator("[data-code=ticket_other_day]")).to_be_visible()
    _check(page)
    page.context.clear_cookies()
    stage.sign_in(page, "petugas.trk")
    page.goto(f"{stage.url}/loket/TRK/1")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    _check(page)
    stage.backend.answer(GetCounter, samples.counter(1, calls=1))
    stage.backend.refuse(CallNext, "queue_empty")
    page.goto(f"{stage.url}/loket/TRK/1")
    expect(page.get_by_text("A-012").first).to_be_visible()
    _check(page)


def _check(page: Page, *sizes: ViewportSize, contrast: bool = True) -> None:
    """See that nothing is wider than the screen in these sizes, or as it is; axe looks at the last one."""
    for size in sizes or (page.viewport_size,):
        page.set_viewport_size(size)  # type: ignore[arg-type]  # as Playwright gave it
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), size
    assert (page.viewport_size, findings(page, contrast=contrast)) == (page.viewport_size, [])
