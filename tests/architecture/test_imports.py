"""Who may import whom: import-linter's contracts in pyproject.toml hold, and each would notice a breach."""

import shutil
from pathlib import Path

import pytest

from tests.architecture import rules

PROJECT = Path(__file__).parents[2]

BREACHES = [
    ("contracts/bad.py", "import chassis.log", "Contracts import nothing of ours"),
    ("chassis/bad.py", "import services.booking.errors", "contracts <- chassis <- services"),
    ("services/checkin/store/bad.py", "import services.booking.errors", "No service knows another"),
    ("services/checkin/domain/bad.py", "import services.checkin.handlers", "A service's rooms"),
    ("services/checkin/domain/bad.py", "import sqlalchemy", "The domain knows only"),
    ("services/checkin/store/bad.py", "import nameko", "stay where they can be replaced"),
    ("gateway/bad.py", "import chassis.database", "The gateway knows contracts"),
    ("gateway/bad.py", "import services.booking.errors", "The gateway knows contracts"),
    ("sandbox/bad.py", "import services.notify.errors", "The sandbox stands alone"),
    ("chassis/bad.py", "import cli.errors", "Only the command line starts processes"),
]


def test_nobody_imports_what_is_none_of_his_business(tmp_path: Path) -> None:
    """Every contract is kept."""
    verdict = rules.lint_imports(PROJECT, tmp_path / "cache")
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's packages with its configuration, to break."""
    root = tmp_path_factory.mktemp("copy")
    for room in rules.ROOMS:
        shutil.copytree(PROJECT / room, root / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", root)
    return root


@pytest.mark.parametrize(
    ("file", "line", "contract"), BREACHES, ids=[f"{file}: {line}" for file, line, _ in BREACHES]
)
def test_a_forbidden_import_is_noticed(copy: Path, file: str, line: str, contract: str) -> None:
    """Negative control: one forbidden line in one file, and the contract that forbids it is broken."""
    bad = copy / file
    bad.write_text(f"{line}\n")
    try:
        verdict = rules.lint_imports(copy, copy / "cache")
    finally:
        bad.unlink()
    assert verdict.returncode == 1, verdict.stdout + verdict.stderr
    broken = [text for text in verdict.stdout.splitlines() if " BROKEN" in text]
    assert any(contract in text for text in broken), verdict.stdout
