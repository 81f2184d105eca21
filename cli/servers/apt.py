"""Debian packages without installing them: download and unpack into a folder, with or without root.

`apt-get` keeps lists and a cache of its own under that folder, so it needs no earlier `apt-get update`;
`dpkg -x` only unpacks. Nothing on the system changes.
"""

import fcntl
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.errors import PackageMissing

DOWNLOAD_SECONDS = 600


def unpack(package: str, root: Path, *, with_needed: str = "") -> None:
    """Unpack a package into `root`, with those that it needs whose names match a pattern.

    All of it is there at the end, or PackageMissing is raised and `root` is as before.
    """
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        raise PackageMissing("this is no Debian")
    with _scratch(root) as scratch:
        apt = _Apt(scratch)
        # Third-party sources may fail here without harm; what is missing in the end shows in the download.
        update = apt.run("apt-get", "update", "--quiet")
        names = {package, *_needed(apt, package, with_needed)} if with_needed else {package}
        download = apt.run("apt-get", "download", "--quiet", *sorted(names))
        files = sorted(apt.downloads.glob("*.deb"))
        if download.returncode or len(files) < len(names):
            reason = (download.stderr or update.stderr).strip().splitlines()
            raise PackageMissing(reason[-1] if reason else "no answer")
        for file in files:
            subprocess.run(["dpkg", "-x", str(file), str(scratch / "root")], check=True)
        (scratch / "root").rename(root)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let one process at a time do this in the folder; the others wait."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _scratch(root: Path) -> Iterator[Path]:
    folder = root.with_name(root.name + ".new")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _needed(apt: "_Apt", package: str, pattern: str) -> list[str]:
    depends = apt.run("apt-cache", "depends", "--recurse", "--important", package).stdout
    return re.findall(rf"^({pattern})$", depends, re.MULTILINE)


class _Apt:
    """apt with a state of its own under one folder."""

    def __init__(self, folder: Path) -> None:
        self.downloads = folder / "downloads"
        for part in ("lists/partial", "cache/archives/partial", "downloads"):
            (folder / part).mkdir(parents=True)
        options = {
            "Dir::State::Lists": folder / "lists",
            "Dir::Cache": folder / "cache",
            "Dir::Log": folder,
            "Acquire::Languages": "none",
            # apt's own user could not write into our folder.
            "APT::Sandbox::User": "root",
        }
        self._options = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one command of apt in the folder that downloads go to."""
        try:
            return subprocess.run(
                [program, *self._options, *arguments],
                cwd=self.downloads,
                capture_output=True,
                text=True,
                check=False,
                timeout=DOWNLOAD_SECONDS,
            )
        except subprocess.TimeoutExpired as error:
            raise PackageMissing(f"Debian's archive did not answer in {DOWNLOAD_SECONDS} s") from error
