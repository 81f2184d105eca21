"""RabbitMQ's programs: the installed Debian package, or the same package unpacked into a folder.

`apt-get` downloads with lists and a cache of its own, and `dpkg -x` unpacks: that needs no root and no
earlier `apt-get update`, and changes nothing on the system. As root it is the same.
"""

import fcntl
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cli.errors import PackageMissing

PACKAGE = "rabbitmq-server"
DOWNLOAD_SECONDS = 600
ADVICE = (
    "check the network and try again, run `apt-get install rabbitmq-server` as root, "
    "or set AMQP_URL to a RabbitMQ that runs already"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RabbitPrograms:
    """Where RabbitMQ's and Erlang's programs are."""

    server: Path
    erlang_bin: Path
    epmd: Path


def rabbit_programs(folder: Path) -> RabbitPrograms:
    """The installed RabbitMQ, or one downloaded once into this folder; raise PackageMissing."""
    if installed := _programs_under(Path("/")):
        return installed
    root = folder.absolute() / "root"
    with _alone(folder):
        if unpacked := _programs_under(root):
            return unpacked
        _unpack(_download(folder), root)
    unpacked = _programs_under(root)
    if unpacked is None:
        raise PackageMissing(f"Debian's {PACKAGE} has no server program where we look for it: {ADVICE}.")
    return unpacked


def _programs_under(root: Path) -> RabbitPrograms | None:
    erlang = root / "usr/lib/erlang"
    servers = sorted(root.glob("usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server"))
    epmds = sorted(erlang.glob("erts-*/bin/epmd"))
    if not servers or not epmds:
        return None
    return RabbitPrograms(server=servers[-1], erlang_bin=erlang / "bin", epmd=epmds[-1])


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two starts at the same moment download once."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _download(folder: Path) -> list[Path]:
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        raise PackageMissing(
            "RabbitMQ is not installed, and this is no Debian to fetch it from: set AMQP_URL."
        )
    apt = _Apt(folder / "apt")
    # Third-party sources may fail here without harm; what is missing in the end shows in the download.
    update = apt.run("apt-get", "update", "--quiet")
    names = _needed(apt.run("apt-cache", "depends", "--recurse", "--important", PACKAGE).stdout)
    download = apt.run("apt-get", "download", "--quiet", *names) if names else update
    files = sorted(apt.downloads.glob("*.deb"))
    if not names or download.returncode or len(files) < len(names):
        reason = (download.stderr or update.stderr).strip().splitlines()
        raise PackageMissing(
            f"RabbitMQ could not be downloaded ({reason[-1] if reason else 'no answer'}): {ADVICE}."
        )
    return files


def _needed(depends: str) -> list[str]:
    """RabbitMQ and Erlang out of a list of dependencies; the rest is part of every Debian."""
    return sorted(set(re.findall(r"^((?:erlang-|rabbitmq-)\S+)$", depends, re.MULTILINE)))


def _unpack(files: list[Path], root: Path) -> None:
    draft = root.with_name("root.new")
    shutil.rmtree(draft, ignore_errors=True)
    for file in files:
        subprocess.run(["dpkg", "-x", str(file), str(draft)], check=True)
    # Erlang's start script names the folder it was built for.
    erl = draft / "usr/lib/erlang/bin/erl"
    erl.write_text(erl.read_text().replace("ROOTDIR=/usr/lib/erlang", f'ROOTDIR="{root}/usr/lib/erlang"'))
    draft.rename(root)
    shutil.rmtree(files[0].parent)


class _Apt:
    """apt with a state of its own under one folder."""

    def __init__(self, folder: Path) -> None:
        self.downloads = folder / "downloads"
        for part in ("lists/partial", "cache/archives/partial", "downloads"):
            (folder / part).mkdir(parents=True, exist_ok=True)
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
            raise PackageMissing(
                f"Debian's archive did not answer in {DOWNLOAD_SECONDS} s: {ADVICE}."
            ) from error
