"""The image: lints clean, holds what its processes import, and nothing that is not theirs."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.tools import PROJECT, run, tool

DOCKERFILE = PROJECT / "Dockerfile"
PROCESSES = ("chassis", "gateway", "sandbox", "services", "cli")


def test_hadolint_has_nothing_to_say() -> None:
    """The Dockerfile follows the practices that hadolint knows."""
    verdict = run(tool("hadolint"), DOCKERFILE)
    assert verdict.returncode == 0, verdict.stdout


@pytest.mark.parametrize(
    ("good", "bad", "rule"),
    [
        ("python:3.11-slim-bookworm AS build", "python AS build", "DL3006"),
        ("COPY contracts", "ADD contracts", "DL3020"),
        ("WORKDIR /opt/antrean\nCOPY --from", "WORKDIR opt\nCOPY --from", "DL3000"),
    ],
)
def test_hadolint_finds_a_broken_dockerfile(tmp_path: Path, good: str, bad: str, rule: str) -> None:
    """Negative control: an image without a version, an ADD, a relative folder."""
    text = DOCKERFILE.read_text()
    assert good in text
    broken = tmp_path / "Dockerfile"
    broken.write_text(text.replace(good, bad))
    verdict = run(tool("hadolint"), broken)
    assert verdict.returncode != 0
    assert rule in verdict.stdout


def test_the_image_holds_every_room_that_its_processes_import() -> None:
    """Each top-level package that is imported somewhere in the image is copied into it."""
    copied = set(re.findall(r"^COPY (\w+) \w+$", DOCKERFILE.read_text(), re.MULTILINE))
    ours = {path.name for path in PROJECT.iterdir() if path.is_dir()}
    imported = {name for room in copied for name in _imports(PROJECT / room)} & ours
    assert set(PROCESSES) <= copied
    assert imported <= copied


def test_what_is_copied_gets_past_dockerignore() -> None:
    """`.dockerignore` names all that may enter; a COPY of anything else would fail at build."""
    allowed = {line[1:] for line in (PROJECT / ".dockerignore").read_text().splitlines() if line[:1] == "!"}
    lines = re.findall(r"^COPY ((?:[\w/.]+ )+)", DOCKERFILE.read_text(), re.MULTILINE)
    assert {source for line in lines for source in line.split()} == allowed


def test_every_requirement_of_the_image_is_locked_by_hash() -> None:
    """`pip --require-hashes` refuses a lock file where one is missing; so do we, without installing."""
    lines = (PROJECT / "requirements" / "run.txt").read_text().replace("\\\n", " ").splitlines()
    requirements = [line for line in lines if re.match(r"[\w.-]+(\[.+\])?==", line)]
    assert len(requirements) > 30
    assert all("--hash=sha256:" in line for line in requirements)


def test_the_image_runs_as_nobody_special() -> None:
    """The last USER is a number, so Kubernetes can see that it is not root."""
    users = re.findall(r"^USER (.+)$", DOCKERFILE.read_text(), re.MULTILINE)
    assert users[-1] == "10001:10001"


def _imports(room: Path) -> Iterator[str]:
    for path in room.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                yield node.module.split(".")[0]
