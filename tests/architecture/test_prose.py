"""What is written for people: links lead somewhere, and commands are commands that exist."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main

PROJECT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "services/*/README.md", "deploy/**/*.md", "*/README.md")
    for path in PROJECT.glob(pattern)
)
LINK = re.compile(r"(?:\]\(|src=\")(?!https?:|mailto:)([^)#\s\"]*)(#[^)\s]+)?[)\"]")


def headings(page: Path) -> set[str]:
    """The anchors of a page, as a forge makes them of its headings."""
    lines = (line for line in page.read_text().splitlines() if line.startswith("#"))
    return {re.sub(r"[^\w -]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in lines}


def dead_links(page: Path) -> list[str]:
    """Every relative link of a page whose file or heading is not there."""
    dead = []
    for target, anchor in LINK.findall(page.read_text()):
        file = (page.parent / target).resolve() if target else page
        if not file.exists() or (anchor and anchor[1:] not in headings(file)):
            dead.append(target + anchor)
    return dead


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    """To a file that exists and, where it names one, to a heading in it."""
    assert dead_links(page) == []


def test_a_dead_link_is_noticed(tmp_path: Path) -> None:
    """Negative control: a missing file and a missing heading are found, a good link is not."""
    page = tmp_path / "page.md"
    page.write_text(
        "# Some Heading\n[a](#some-heading) [b](#none) [c](gone.md) [d](page.md#some-heading)\n"
        '<img src="gone.png">\n'
    )
    assert dead_links(page) == ["#none", "gone.md", "gone.png"]


def test_every_command_that_is_written_down_exists() -> None:
    """`antrean <command>` in any page is a command of the command line."""
    written = {
        tuple(words.split())
        for page in PAGES
        for words in re.findall(
            r"\bantrean ((?:up|doctor|config|events|servers|offices)"
            r"(?: (?:show|parked|replay|check|preview|apply))?)\b",
            page.read_text(),
        )
    }
    assert written
    for words in sorted(written):
        outcome = CliRunner().invoke(main, [*words, "--help"])
        assert outcome.exit_code == 0, (words, outcome.output)


def test_every_make_target_that_is_written_down_exists() -> None:
    """`make <target>` in any page is a target of the Makefile, and says what it does in `make help`."""
    targets = set(re.findall(r"^([a-z]+):.*##", (PROJECT / "Makefile").read_text(), re.MULTILINE))
    written = {word for page in PAGES for word in re.findall(r"\bmake ([a-z]+)\b", page.read_text())}
    prose = {"a", "it", "them", "one", "sure", "each", "that"}
    assert written - prose <= targets


def test_decisions_are_listed_and_numbered() -> None:
    """The list of decisions names each file, in order and without a gap."""
    files = sorted(path.name for path in (PROJECT / "docs" / "adr").glob("[0-9]*.md"))
    listed = re.findall(r"\((\d{4}-[\w-]+\.md)\)", (PROJECT / "docs" / "adr" / "README.md").read_text())
    assert listed == files
    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))
