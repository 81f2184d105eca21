"""The API's documentation, as a developer reads it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import DESK, PHONE
from tests.e2e.stage import Stage


def test_on_a_phone_the_first_heading_stands_clear_of_the_index(stage: Stage, phone: Page) -> None:
    """Nothing touches, and nothing is wider than the screen."""
    phone.goto(f"{stage.url}/api")
    index = phone.locator("nav ul").bounding_box()
    heading = phone.locator("#first-steps h2").bounding_box()
    assert index is not None
    assert heading is not None
    assert heading["y"] - (index["y"] + index["height"]) >= 16
    assert heading["x"] == index["x"]
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= PHONE["width"]


def test_what_a_link_leads_to_is_unfolded(stage: Stage, new_page: Callable[..., Page]) -> None:
    """From an address, from a form's name, from an error; all else is a line for each address."""
    page = new_page(viewport=DESK, java_script_enabled=False)
    page.goto(f"{stage.url}/api")
    assert page.locator("details[open]").count() == 0
    address = page.locator("details", has=page.get_by_role("heading", name="POST /v1/bookings", exact=True))
    address.locator("summary").click()
    expect(address.get_by_role("link", name="BookSlot")).to_be_visible()
    address.get_by_role("link", name="BookSlot").click()
    expect(page.locator("#BookSlot")).to_be_visible()
    expect(page.locator("#BookSlot")).to_be_in_viewport()
    page.goto(f"{stage.url}/galat/session_expired")
    expect(page.locator("#galat-session_expired")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("locale", "title", "other"), [("id-ID", "Galat", "English"), ("en-GB", "Errors", "Bahasa")]
)
def test_the_documentation_comes_in_both_languages(
    stage: Stage, new_page: Callable[..., Page], locale: str, title: str, other: str
) -> None:
    """The browser's language, with a way to the other; errors are told as sentences in both."""
    page = new_page(viewport=DESK, locale=locale)
    page.goto(f"{stage.url}/api")
    expect(page.locator("#galat h2")).to_have_text(title)
    row = page.locator("#galat-session_expired")
    expect(row).to_contain_text("Masa masuk Anda sudah habis. Silakan masuk lagi.")
    expect(row).to_contain_text("Your session is over. Please sign in again.")
    page.get_by_role("link", name=other).click()
    # A language's page is written when it is first asked for, which takes seconds on a busy computer.
    expect(page.locator("#galat h2")).not_to_have_text(title, timeout=30_000)
