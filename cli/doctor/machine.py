"""Checks of the machine: room on its disk."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from cli.doctor.finding import Finding

LEAST_FREE_GB = 1.0


def check_machine(home: Path) -> Iterator[Finding]:
    """One finding for the disk that holds the data."""
    free_gb = shutil.disk_usage(home if home.exists() else home.parent).free / 1e9
    yield Finding(
        part="disk",
        state=f"{free_gb:.1f} GB free",
        advice=f"free some: {LEAST_FREE_GB:.0f} GB at least" if free_gb < LEAST_FREE_GB else "",
    )
