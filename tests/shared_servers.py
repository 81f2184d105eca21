"""One PostgreSQL and one RabbitMQ for all workers of a run.

The process that gives the workers their tests starts them once a worker wants them, and ends them.
"""

import os
import shutil
import tempfile
import threading
from pathlib import Path

import pytest

from cli.errors import PackageMissing, Problem
from cli.servers.debian import rabbit_programs
from cli.servers.ports import free_port
from cli.servers.postgres import Postgres
from cli.servers.rabbitmq import RabbitMQ, RabbitPorts
from cli.settings import DEBIAN_FOLDER
from tests.processes import wait_until

VARIABLE = "ANTREAN_TEST_SERVERS"

_OFFERED, _WANTED, _RUNNING, _FAULT = "offered", "wanted", "running", "fault"
START_SECONDS = 60
_LOOK_SECONDS = 0.05


class SharedServers:
    """Servers that start when one of them is wanted."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="antrean-tests-"))
        self._rabbitmq = RabbitMQ(
            self._folder / "rabbitmq", RabbitPorts.free(), rabbit_programs(DEBIAN_FOLDER)
        )
        self._postgres = Postgres(self._folder / "postgres", free_port(), durable=False)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve)

    def offer(self) -> None:
        """Tell the workers where to ask."""
        os.environ[VARIABLE] = str(self._folder)
        (self._folder / _OFFERED).touch()
        self._thread.start()

    def end(self) -> None:
        """End both and forget their data: so there is no need to be gentle."""
        self._over.set()
        self._thread.join()
        for server in (self._rabbitmq, self._postgres):
            server.kill()
            server.stop()
        shutil.rmtree(self._folder)

    def _serve(self) -> None:
        while not self._over.wait(_LOOK_SECONDS):
            if (self._folder / _WANTED).exists():
                self._start()
                return

    def _start(self) -> None:
        try:
            node = self._rabbitmq.launch()
            self._postgres.start()
            node.wait_until(self._rabbitmq.is_ready, seconds=START_SECONDS)
        except Problem as error:
            (self._folder / _FAULT).write_text(error.message)
        else:
            (self._folder / _RUNNING).touch()


def running_servers(folder: Path) -> Path:
    """Ask for the servers of this folder, where they run only when asked for, and wait until they do."""
    if (folder / _OFFERED).exists():
        (folder / _WANTED).touch()
        fault = folder / _FAULT
        wait_until(lambda: (folder / _RUNNING).exists() or fault.exists(), seconds=2 * START_SECONDS)
        assert not fault.exists(), fault.read_text()
    return folder


_KEY = pytest.StashKey[SharedServers]()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Offer them, where there are workers and nobody has servers running."""
    if not session.config.getoption("numprocesses", None) or VARIABLE in os.environ:
        return
    try:
        servers = SharedServers()
    except PackageMissing:
        return  # each test that needs RabbitMQ says so
    session.config.stash[_KEY] = servers
    servers.offer()


def pytest_sessionfinish(session: pytest.Session) -> None:
    """End what was offered here."""
    servers = session.config.stash.get(_KEY, None)
    if servers is not None:
        servers.end()
