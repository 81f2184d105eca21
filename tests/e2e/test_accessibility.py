"""No page, in no state, has findings of axe; on a phone nothing is wider than the screen."""

import pytest
from playwright.sync_api import Page

from tests.e2e.accessibility import findings
from tests.e2e.all_states import STATES
from tests.e2e.browser import DESK, PHONE
from tests.e2e.page_states import CITIZEN_STATES
from tests.e2e.screens import CitizenPages
from tests.e2e.stage import Stage
from tests.e2e.state import INTERNAL, State, arrive


@pytest.mark.parametrize("state", STATES.values(), ids=STATES.keys())
def test_pages_have_no_findings(stage: Stage, kept_phone: Page, state: State) -> None:
    """Names, contrast, order of headings, sizes of targets and the rest of WCAG that a machine can tell.

    Contrast is looked at on a phone: no colour depends on the width. Citizens' pages are looked at on a desk
    in English, in the variants of this.
    """
    kept_phone.emulate_media(reduced_motion="reduce")
    pages = CitizenPages(kept_phone, stage.url)
    assert arrive(stage, pages, state) != INTERNAL
    for size in (PHONE, DESK):
        pages.page.set_viewport_size(size)
        assert pages.page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), size
        if size is PHONE or state not in CITIZEN_STATES.values():
            assert (size, findings(pages.page, contrast=size is PHONE)) == (size, [])


def test_the_check_itself_finds_faults(stage: Stage, desk: Page) -> None:
    """A picture without words and a field without a label are found."""
    desk.goto(stage.url)
    desk.evaluate("() => { document.querySelector('main').innerHTML = '<img src=x><input>'; }")
    assert {finding.partition(":")[0] for finding in findings(desk)} >= {"image-alt", "label"}
