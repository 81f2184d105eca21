"""RabbitMQ's programs: the installed Debian package, or the same package unpacked into a folder."""

import re
from dataclasses import dataclass
from pathlib import Path

from cli.errors import PackageMissing
from cli.servers.apt import alone, unpack

PACKAGE = "rabbitmq-server"
# The rest of what RabbitMQ needs is part of every Debian.
NEEDED = r"erlang-\S+"
ADVICE = (
    "Check the network and try again, run `apt-get install rabbitmq-server` as root, "
    "or set AMQP_URL to a RabbitMQ that runs already."
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
    with alone(folder):
        if not root.exists():
            _download(root)
        _tell_erlang_its_place(root)
    programs = _programs_under(root)
    if programs is None:
        raise PackageMissing(f"Debian's {PACKAGE} has no server program where we look for it. {ADVICE}")
    return programs


def _download(root: Path) -> None:
    try:
        unpack(PACKAGE, root, with_needed=NEEDED)
    except PackageMissing as missing:
        raise PackageMissing(f"RabbitMQ could not be downloaded ({missing.message}). {ADVICE}") from missing


def _tell_erlang_its_place(root: Path) -> None:
    """Erlang's start script names the folder it was built for; the project may also have moved since."""
    script = root / "usr/lib/erlang/bin/erl"
    text = script.read_text()
    right = re.sub(r"ROOTDIR=.*", f'ROOTDIR="{root}/usr/lib/erlang"', text)
    if text != right:
        script.write_text(right)


def _programs_under(root: Path) -> RabbitPrograms | None:
    erlang = root / "usr/lib/erlang"
    servers = sorted(root.glob("usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server"))
    epmds = sorted(erlang.glob("erts-*/bin/epmd"))
    if not servers or not epmds:
        return None
    return RabbitPrograms(server=servers[-1], erlang_bin=erlang / "bin", epmd=epmds[-1])
