"""Programs of Debian packages that single tests need; unpacked under `.antrean/tools`, never installed."""

import os
import shutil
from pathlib import Path

import pytest

from cli.errors import PackageMissing
from cli.servers.apt import alone, unpack

PROJECT = Path(__file__).parent.parent


def debian_program(name: str, *, package: str) -> Path:
    """A program such as `promtool` of package `prometheus`; skips the test when it cannot be had.

    Under `CI=true` the test fails instead.
    """
    if installed := shutil.which(name):
        return Path(installed)
    root = PROJECT / ".antrean" / "tools" / package
    try:
        with alone(root.parent):
            if not root.exists():
                unpack(package, root)
    except PackageMissing as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"{name} could not be downloaded: {missing.message}")
    return root / "usr" / "bin" / name
