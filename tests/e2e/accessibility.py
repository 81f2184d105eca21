"""Checks a page as it stands with axe: WCAG 2.2 A and AA, and axe's own good practices."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}

_axe = Axe()


def findings(page: Page) -> list[str]:
    """Return what axe finds fault with; an empty list is a page without findings."""
    page.evaluate("() => document.fonts.ready")
    violations: list[dict[str, Any]] = _axe.run(page, options=_RULES).response["violations"]
    return [
        f"{violation['id']}: {violation['help']}: {node['target']} {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]
