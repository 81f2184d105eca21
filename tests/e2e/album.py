"""Goes through all states on the stage and keeps a small picture of each; gallery.py is the command."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e import screens_page
from tests.e2e.all_states import ALL_STATES, AREAS, Area, states_of
from tests.e2e.browser import launched
from tests.e2e.screens import CitizenPages
from tests.e2e.screens_page import PAGE, PICTURES, picture_of
from tests.e2e.stage import running_stage
from tests.e2e.state import INTERNAL, State, arrive
from tests.e2e.still_clock import hold

_MOST_SCREENS = {True: 2.2, False: 1.6}
"""How much of a long page is kept, in screens: of a phone's, of a wide one's."""
_WIDEST = 1024
_QUALITY = 60


def make(words: str, *, eve: datetime, live: datetime) -> None:
    """Take the pictures of the states whose names have these words, and write the page of them."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    addresses = _known_addresses() if words else {}
    with sync_playwright() as playwright, launched(playwright) as browser:
        for area in AREAS:
            now = live if area.is_live else eve
            hold(now)
            for name, state in states_of(area).items():
                if words in name:
                    addresses[name] = _take(browser, area, name, state, now=now)
    for old in set(PICTURES.glob("*")) - {picture_of(name) for name in ALL_STATES}:
        old.unlink()
    screens_page.write(addresses)
    print(f"{len(addresses)} states, {sum(one.stat().st_size for one in PICTURES.iterdir()) // 1000} kB")  # noqa: T201


def _take(browser: Browser, area: Area, name: str, state: State, *, now: datetime) -> str:
    """Keep a picture of a state; return its address."""
    with running_stage() as stage, _tab(browser, area, now) as page:
        if arrive(stage, CitizenPages(page, stage.url), state) == INTERNAL:
            raise RuntimeError(f"{name}: the page says that it has failed")
        page.evaluate("() => document.fonts.ready")
        page.wait_for_load_state("load")
        _keep(page, area, name)
        return page.url.removeprefix(stage.url)


@contextmanager
def _tab(browser: Browser, area: Area, now: datetime) -> Iterator[Page]:
    context = browser.new_context(viewport=area.size, locale="id-ID", reduced_motion="reduce")
    try:
        page = context.new_page()
        page.clock.set_fixed_time(now)
        yield page
    finally:
        context.close()


def _keep(page: Page, area: Area, name: str) -> None:
    width, height = area.size["width"], area.size["height"]
    shot = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled")))
    most = round(height * _MOST_SCREENS[width < height])
    picture = shot.convert("RGB").crop((0, 0, width, min(shot.height, most)))
    if width > _WIDEST:
        picture = picture.resize((_WIDEST, round(picture.height * _WIDEST / width)), Image.Resampling.LANCZOS)
    picture.save(picture_of(name), "WEBP", quality=_QUALITY, method=6)


def _known_addresses() -> dict[str, str]:
    rows = re.findall(r"^\| (.+?) \| `(.+?)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(rows)
