"""The checkers of deployment files. A missing one skips its tests at home and fails them in CI."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.errors import PackageMissing
from cli.servers.apt import alone, unpack

PROJECT = Path(__file__).parents[2]


def tool(name: str) -> Path:
    """Find a program in the virtual environment or on the path."""
    beside_python = Path(sys.executable).parent / name
    found = beside_python if beside_python.exists() else shutil.which(name)
    if found is None:
        missing(f"{name} is not installed")
    return Path(str(found))


def promtool() -> Path:
    """Prometheus' own checker: installed, or unpacked once from Debian's package."""
    if installed := shutil.which("promtool"):
        return Path(installed)
    folder = PROJECT / ".antrean" / "prometheus"
    program = folder / "root" / "usr" / "bin" / "promtool"
    try:
        with alone(folder):
            if not program.exists():
                unpack("prometheus", folder / "root")
    except PackageMissing as reason:
        missing(f"promtool could not be downloaded: {reason.message}")
    return program


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
