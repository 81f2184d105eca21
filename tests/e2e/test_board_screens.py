"""The board on every screen: large enough for eight metres, in contrast, whole, awake; on old ones too."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import samples
from tests.e2e.accessibility import weak_contrasts
from tests.e2e.screens import BoardPage
from tests.e2e.spoken import VOICE, expect_said
from tests.e2e.stage import Stage
from tests.processes import wait_until

SIZES = {"720p": (1280, 720), "1080p": (1920, 1080), "4K": (3840, 2160), "4:3": (1024, 768)}
SCRIPTS = Path(__file__).parents[2] / "web" / "static" / "js"
ACORN = Path(__file__).with_name("vendor") / "acorn" / "acorn.js"
LANGUAGE_OF_CHROMIUM_68 = 2018
"""What webOS 5 (2020) runs; Tizen 5.5 has 69. ECMAScript 2018, and modules."""
NEWER = """
delete Array.prototype.at;
delete Array.prototype.flat;
delete Object.fromEntries;
delete Promise.allSettled;
delete String.prototype.replaceAll;
delete String.prototype.matchAll;
delete Element.prototype.replaceChildren;
delete AbortSignal.timeout;
delete window.structuredClone;
delete Navigator.prototype.wakeLock;
"""
NEWER_STYLE = re.compile(r"[a-z-]+:[^;{}]*(?:cq[wh]\b|\bmin\(|\bmax\(|\bclamp\()[^;{}]*;|text-wrap:[^;]*;")
WAKE_LOCK = """
window.locks = 0;
Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
    window.locks += 1;
    return new EventTarget();
} } });
"""
TOO_SMALL = """() => {
    const unit = Math.min(innerHeight, innerWidth * 9 / 16) / 100;
    const hasText = (one) => [...one.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim());
    return [...document.querySelectorAll(".board *")]
        .filter(hasText)
        .filter((one) => getComputedStyle(one).position !== "absolute")
        .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 3 * unit - 0.1)
        .map((one) => `${one.className || one.tagName}: ${one.textContent}`);
}"""
OUTSIDE = """() => {
    const parts = [...document.querySelectorAll(".board > *")].map((one) => one.getBoundingClientRect());
    const texts = [...document.querySelectorAll(".call > *, .earlier-list li, .counters-list li, .count")];
    const cut = texts.filter((one) => {
        const inner = one.getBoundingClientRect();
        const outer = one.closest(".call, .earlier, .counters").getBoundingClientRect();
        const isWide = one.scrollWidth > one.clientWidth + 1;
        return isWide || inner.bottom > outer.bottom + 1 || inner.right > outer.right + 1;
    });
    const over = parts.some((part, at) => at > 0 && part.top < parts[at - 1].bottom - 1);
    const last = parts[parts.length - 1].bottom > innerHeight + 1;
    const named = cut.map((one) => `${one.className} ${one.textContent}`);
    return [...named, ...(over ? ["overlap"] : []), ...(last ? ["below"] : [])];
}"""


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES.keys())
def test_everything_is_large_enough_in_contrast_and_whole(
    stage: Stage, television: Page, size: tuple[int, int]
) -> None:
    """Quiet, calling in the fullest hall, and without a link: 3 % of the height at least, and 7:1."""
    width, height = size
    television.set_viewport_size({"width": width, "height": height})
    board = BoardPage(television, stage.url)
    board.open("TRK")
    assert findings(television) == []
    stage.publish(samples.full_hall(2))
    expect(television.locator(".call-now")).to_be_visible()
    assert findings(television) == []
    expect(television.locator(".counters-list li").nth(4)).to_contain_text("Istirahat")
    television.context.set_offline(True)
    expect(television.get_by_role("alert")).to_be_visible()
    assert findings(television) == []


def findings(page: Page) -> list[str]:
    """Return what is too small, too pale, cut or over something else."""
    page.evaluate("() => document.fonts.ready")
    page.evaluate("() => document.getAnimations().forEach((one) => one.cancel())")
    return [*page.evaluate(TOO_SMALL), *page.evaluate(OUTSIDE), *weak_contrasts(page)]


def test_the_check_itself_finds_faults(stage: Stage, television: Page) -> None:
    """Pale, small and wide words are found."""
    BoardPage(television, stage.url).open("TRK")
    television.locator(".earlier h2").evaluate(
        "one => { one.style.color = '#6d979f'; one.style.fontSize = '10px'; }"
    )
    found = " ".join(findings(television))
    assert "H2: Panggilan sebelumnya" in found
    assert "insufficient color contrast" in found


@pytest.mark.parametrize("entry", ["board/main.js", "board/counter-top.js", "waiting-room/main.js"])
def test_the_scripts_are_written_for_old_televisions(television: Page, entry: str) -> None:
    """Every module that a board loads is ECMAScript 2018."""
    television.add_script_tag(path=ACORN)
    modules = imported(SCRIPTS / entry)
    assert len(modules) > 8
    faults = {module.name: fault(television, module.read_text(encoding="utf-8")) for module in modules}
    assert set(faults.values()) == {None}, faults
    assert fault(television, "const a = b?.c;") is not None


def imported(module: Path, known: frozenset[Path] = frozenset()) -> frozenset[Path]:
    """Return a module with all that it imports."""
    known |= {module}
    for name in re.findall(r'from "(\.[^"]+)"', module.read_text(encoding="utf-8")):
        file = (module.parent / name).resolve()
        if file not in known:
            known = imported(file, known)
    return known


def fault(page: Page, source: str) -> str | None:
    """Return why a module cannot be read by an old browser; None where it can."""
    told: str | None = page.evaluate(
        """([source, ecmaVersion]) => {
            try { acorn.parse(source, { ecmaVersion, sourceType: "module" }); return null; }
            catch (fault) { return String(fault); }
        }""",
        [source, LANGUAGE_OF_CHROMIUM_68],
    )
    return told


def test_a_board_needs_nothing_that_old_televisions_lack(stage: Stage, television: Page) -> None:
    """Without what browsers learned after 2018, calls are shown, said, and fit."""
    television.add_init_script(NEWER)
    television.add_init_script(VOICE)
    television.route("**/*.css", without_newer_style)
    television.clock.install()
    board = BoardPage(television, stage.url)
    board.open("TRK")
    board.turn_sound_on()
    expect(television.locator(".board-foot")).to_contain_text("Matikan penghemat layar")
    stage.publish(samples.full_hall(2))
    board.expect_call("A-026", "Pak Joko", 6)
    assert television.evaluate(OUTSIDE) == []
    expect_said(television, 1)


def without_newer_style(route: Any) -> None:
    """Answer a style sheet as an old browser reads it: what it does not know is as if it were not there."""
    answer = route.fetch()
    route.fulfill(response=answer, body=NEWER_STYLE.sub("", answer.text()))


def test_the_screen_is_kept_awake_also_after_it_was_hidden(stage: Stage, television: Page) -> None:
    """A browser lets go of the lock when the page is hidden."""
    television.add_init_script(WAKE_LOCK)
    BoardPage(television, stage.url).open("TRK")
    wait_until(lambda: television.evaluate("() => window.locks") == 1)
    television.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
    wait_until(lambda: television.evaluate("() => window.locks") == 2)
    expect(television.locator(".board-foot-sleep")).to_have_count(0)


def test_a_browser_without_modules_renews_the_page(stage: Stage, television: Page) -> None:
    """Every quarter of a minute, once the page can be had."""
    television.route("**/main.js", lambda route: route.abort())
    television.clock.install()
    television.goto(f"{stage.url}/papan/TRK")
    stage.publish(samples.full_hall(2))
    expect(television.locator(".call")).to_contain_text("A-012")
    television.clock.run_for(16_000)
    expect(television.locator(".board-still .call")).to_contain_text("A-021")
