"""Checks a page as it stands with axe: WCAG 2.2 A and AA, and axe's own good practices."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}

_ENHANCED = "color-contrast-enhanced"
"""Contrast of 7:1, of large letters 4.5:1 (WCAG 2.2, 1.4.6)."""

_SCRIPT = Axe().axe_script


def findings(page: Page, *, contrast: bool = True) -> list[str]:
    """Return what axe finds fault with; an empty list is a page without findings.

    Contrast takes four fifths of the time: who looks at a page more than once may leave it out.
    """
    page.evaluate("() => document.fonts.ready")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_SCRIPT)
    # Only these leave the browser: what axe has nothing to say about is some hundred times as much.
    violations: list[dict[str, Any]] = page.evaluate(
        "options => axe.run(options).then(results => results.violations)",
        _OPTIONS | {"rules": {"color-contrast": {"enabled": contrast}}},
    )
    return [
        f"{violation['id']}: {violation['help']}: {node['target']} {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]


def weak_contrasts(page: Page) -> list[str]:
    """Return the texts whose contrast is less than 7:1, or cannot be told; of large letters 4.5:1."""
    page.evaluate("() => document.fonts.ready")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_SCRIPT)
    weak: list[str] = page.evaluate(
        """async (rule) => {
            const { violations, incomplete } = await axe.run({ runOnly: [rule] });
            const nodes = [...violations, ...incomplete].flatMap((one) => one.nodes);
            return nodes.map(({ target, any }) => `${target} ${any.map((one) => one.message)}`);
        }""",
        _ENHANCED,
    )
    return weak
