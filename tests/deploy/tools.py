"""The checkers of deployment files. A missing one skips its tests at home and fails them in CI."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools import debian_program

PROJECT = Path(__file__).parents[2]


def tool(name: str) -> Path:
    """Find a program in the virtual environment or on the path."""
    beside_python = Path(sys.executable).parent / name
    found = beside_python if beside_python.exists() else shutil.which(name)
    if found is None:
        missing(f"{name} is not installed")
    return Path(str(found))


def promtool() -> Path:
    """Prometheus' own checker of rules and configurations."""
    return debian_program("promtool", package="prometheus")


def missing(reason: str) -> None:
    """Skip at home, fail in CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def run(*command: object, cwd: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    """Run a checker to its end; its exit code is its verdict."""
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False, timeout=60
    )
