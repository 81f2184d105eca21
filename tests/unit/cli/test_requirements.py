"""The hash-locked requirements: complete, and free of anything that ties them to one machine."""

import re
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
LISTS = ("uv", "run", "test")


@pytest.mark.parametrize("name", LISTS)
def test_every_requirement_is_pinned_with_hashes(name: str) -> None:
    """Pip refuses anything else with --require-hashes; this says which line it is."""
    for requirement in _requirements(name):
        assert re.match(r"[\w.\-\[\]]+==\S+", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


@pytest.mark.parametrize("name", LISTS)
def test_no_requirement_names_a_place(name: str) -> None:
    """Neither an index, nor an address, nor a path: each reader installs from where they usually do."""
    text = (PROJECT / "requirements" / f"{name}.txt").read_text()
    assert not re.search(r"--(extra-)?index-url|--find-links|://|^/|file:", text, re.MULTILINE)


def test_only_nameko_is_a_pre_release() -> None:
    """Everything else has a final version."""
    pre = {r.split("==")[0] for r in _requirements("test") if re.search(r"==\S*\d(a|b|rc|\.dev)\d", r)}
    assert pre == {"nameko"}


def test_every_dependency_is_locked() -> None:
    """A dependency that was added without `make lock` is named here."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    assert _named(project["dependencies"]) <= _named(_requirements("run"))
    assert _named(project["optional-dependencies"]["test"]) <= _named(_requirements("test"))


def test_tests_run_with_the_versions_that_are_shipped() -> None:
    """The test list holds the run list, version by version."""
    run, test = (set(map(_pin, _requirements(name))) for name in ("run", "test"))
    assert run <= test


def _requirements(name: str) -> list[str]:
    text = (PROJECT / "requirements" / f"{name}.txt").read_text()
    joined = re.sub(r"\\\n\s*", " ", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE))
    return [line for line in joined.splitlines() if line]


def _named(requirements: list[str]) -> set[str]:
    return {re.split(r"[\s\[=<>;~!]", line)[0].lower().replace("_", "-") for line in requirements}


def _pin(requirement: str) -> str:
    return requirement.split(" ", maxsplit=1)[0]
