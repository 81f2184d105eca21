"""Fixtures of the pages' tests: the site on a stage, and a browser.

stage                     the site before scripted services, fresh for each test
browser                   Chromium, one for each test file
phone, desk, television   a fresh tab of that size; a script's error, or a breach of the
                              Content-Security-Policy, fails the test
kiosk                     a kiosk that waits for tickets
phone_without_script      a phone whose browser runs no script
kept_phone                one phone for all tests of a file, each time without cookies: a browser that
                              has seen fonts, styles and axe before does half the work
"""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.e2e.browser import DESK, PHONE, TELEVISION, launched
from tests.e2e.screens import KioskPage
from tests.e2e.stage import Stage, running_stage


@pytest.fixture
def stage() -> Iterator[Stage]:
    """The site before scripted services."""
    with running_stage() as stage:
        yield stage


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Playwright itself; it keeps an event loop running, which tests of other files must not meet."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """A test file's browser."""
    with launched(playwright) as browser:
        yield browser


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """`new_page(viewport=..., ...)` opens a tab with cookies of its own."""
    contexts = []
    errors: list[str] = []

    def open_page(**options: object) -> Page:
        contexts.append(browser.new_context(**{"locale": "id-ID", **options}))  # type: ignore[arg-type]
        return _watched(contexts[-1].new_page(), errors)

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture(scope="module")
def kept_locale() -> str:
    """The language of `kept_phone`; a file may have its own."""
    return "id-ID"


@pytest.fixture(scope="module")
def _phone_and_errors(browser: Browser, kept_locale: str) -> Iterator[tuple[Page, list[str]]]:
    with closing(browser.new_context(locale=kept_locale, viewport=PHONE, service_workers="block")) as context:
        errors: list[str] = []
        yield _watched(context.new_page(), errors), errors


@pytest.fixture
def kept_phone(stage: Stage, _phone_and_errors: tuple[Page, list[str]]) -> Iterator[Page]:
    """A phone that knows nobody; what it stored for earlier tests belongs to other addresses."""
    page, errors = _phone_and_errors
    page.context.clear_cookies()
    page.unroute_all()
    page.context.set_offline(False)
    page.set_viewport_size(PHONE)
    yield page
    happened = errors.copy()
    errors.clear()
    assert happened == []


def _watched(page: Page, errors: list[str]) -> Page:
    page.on("pageerror", lambda error: errors.append(f"{error}\n{error.stack}"))
    page.on("console", lambda said: errors.append(said.text) if "Security Policy" in said.text else None)
    return page


@pytest.fixture
def phone(new_page: Callable[..., Page]) -> Page:
    """A cheap phone."""
    return new_page(viewport=PHONE, is_mobile=True, has_touch=True)


@pytest.fixture
def phone_without_script(new_page: Callable[..., Page]) -> Page:
    """A phone whose browser runs no script."""
    return new_page(viewport=PHONE, java_script_enabled=False)


@pytest.fixture
def desk(new_page: Callable[..., Page]) -> Page:
    """An officer's screen, or a kiosk."""
    return new_page(viewport=DESK)


@pytest.fixture
def television(new_page: Callable[..., Page]) -> Page:
    """The television in the hall."""
    return new_page(viewport=TELEVISION)


@pytest.fixture
def kiosk(stage: Stage, desk: Page) -> KioskPage:
    """A kiosk that is signed in and waits; its clock is in the test's hand."""
    desk.clock.install()
    stage.sign_in(desk, "kios.trk")
    kiosk = KioskPage(desk, stage.url)
    kiosk.open("TRK")
    return kiosk
