"""docs/screens.md: a table of each area's states, with a picture of each."""

from collections.abc import Mapping
from pathlib import Path

from tests.e2e.all_states import AREAS, Area, states_of
from tests.stack import PROJECT

PAGE = PROJECT / "docs" / "screens.md"
PICTURES = PROJECT / "docs" / "screenshots" / "states"
_HEAD = """# Every page in every state

{count} pictures, taken by `python -m tests.e2e.gallery` from the site before scripted services, with a clock
that stands still; `tests/e2e/all_states.py` is the list, and axe looks at the same. A long page is cut at its
end. A picture leads to itself in full.
"""
_WIDTH = {True: 130, False: 260}


def picture_of(name: str) -> Path:
    """Return where a state's picture lies."""
    letters = "".join(letter if letter.isalnum() else "-" for letter in name.lower())
    return PICTURES / f"{'-'.join(filter(None, letters.split('-')))}.webp"


def write(addresses: Mapping[str, str]) -> None:
    """Write the page; `addresses` says where each state was seen."""
    tables = [_table(area, addresses) for area in AREAS]
    PAGE.write_text("\n".join([_HEAD.format(count=len(addresses)), _contents(), *tables]), encoding="utf-8")


def _contents() -> str:
    links = (f"[{area.title}](#{_anchor(area.title)})" for area in AREAS)
    return " ·\n".join(links) + "\n"


def _anchor(title: str) -> str:
    return "".join(one for one in title.lower().replace(" ", "-") if one.isalnum() or one == "-")


def _table(area: Area, addresses: Mapping[str, str]) -> str:
    size = f"{area.size['width']} × {area.size['height']}"
    width = _WIDTH[area.size["width"] < area.size["height"]]
    rows = []
    for name in states_of(area):
        file = picture_of(name).relative_to(PAGE.parent)
        picture = f'<a href="{file}"><img src="{file}" alt="{name}" width="{width}"></a>'
        rows.append(f"| {name} | `{addresses[name]}` | {size} | {picture} |")
    return "\n".join(
        [f"## {area.title}", "", "| State | Address | Size | Picture |", "|---|---|---|---|", *rows, ""]
    )
