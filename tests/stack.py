"""The whole system as `make run` starts it, on free ports and with data of its own, one for all tests."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import psutil
import pytest
import requests

from cli.servers.debian import RabbitPrograms
from cli.servers.ports import free_port
from cli.servers.postgres import Postgres
from cli.servers.process import MARK, end_leftovers
from cli.servers.rabbit_access import RabbitAccess
from cli.settings import Ports
from tests.processes import wait_until

PROJECT = Path(__file__).parent.parent
DEMO_PASSWORD = "antrean-demo-2026"
START_SECONDS = 110
STOP_SECONDS = 60
READY = "Ctrl-C stops everything"


class Stack:
    """`antrean up` and its companions, as a person runs them, in a folder of its own."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.ports = Ports(**{field.name: free_port() for field in fields(Ports)})
        self.url = f"http://127.0.0.1:{self.ports.gateway}"
        self.sandbox_url = f"http://127.0.0.1:{self.ports.sandbox}"
        ports = {f"{name.upper()}_PORT": str(port) for name, port in asdict(self.ports).items()}
        self._environment = {**os.environ, **ports, "ANTREAN_HOME": str(folder), **environment}
        self._output = folder.with_suffix(".out")
        self._popen: subprocess.Popen[bytes] | None = None

    @property
    def up(self) -> subprocess.Popen[bytes]:
        """The process that started all others."""
        assert self._popen is not None
        return self._popen

    def start(self) -> "Stack":
        """Start everything and wait until the gateway serves."""
        with self._output.open("wb") as output:
            self._popen = subprocess.Popen(
                _line("up"),
                cwd=PROJECT,
                env=self._environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        wait_until(
            lambda: READY in self.said() or self.up.poll() is not None, seconds=START_SECONDS, why=self.said
        )
        assert self.up.poll() is None, self.said()
        return self

    def stop(self, asked: signal.Signals = signal.SIGINT) -> int:
        """End everything as Ctrl-C does, and return the exit code."""
        self.up.send_signal(asked)
        return self.up.wait(timeout=STOP_SECONDS)

    def end(self) -> None:
        """End everything, if it still runs, and what was left behind."""
        if self._popen is not None and self._popen.poll() is None:
            self.stop()
        end_leftovers(self.folder)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command that ends by itself."""
        return subprocess.run(
            _line(*arguments),
            cwd=PROJECT,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=START_SECONDS,
        )

    def said(self) -> str:
        """Return what `antrean up` printed."""
        return self._output.read_text(errors="replace")

    def processes(self) -> list[psutil.Process]:
        """List everything that runs for this folder."""
        return [process for process in psutil.process_iter() if _mark_of(process) == str(self.folder)]

    def process(self, word: str) -> psutil.Process:
        """Return the process that has this word in its command."""
        return next(one for one in self.processes() if word in " ".join(one.cmdline()))

    def database_url(self, service: str) -> str:
        """Where a service's database is."""
        return Postgres.in_use(self.folder / "postgres").url(service)

    @property
    def amqp_url(self) -> str:
        """Where the system's virtual host is."""
        return RabbitAccess.in_use(self.folder / "rabbitmq").url()

    def get(self, path: str, **options: Any) -> requests.Response:
        """GET from the gateway."""
        return requests.get(self.url + path, timeout=10, **options)

    def post(self, path: str, body: dict[str, Any], **options: Any) -> requests.Response:
        """POST JSON to the gateway."""
        return requests.post(self.url + path, json=body, timeout=20, **options)

    def put(self, path: str, body: dict[str, Any], **options: Any) -> requests.Response:
        """PUT JSON to the gateway."""
        return requests.put(self.url + path, json=body, timeout=20, **options)

    def register(self, person: dict[str, Any]) -> dict[str, str]:
        """Register a citizen with the codes from the sandbox's phone; return the header that says so."""
        begun = self.post("/v1/accounts", person)
        assert begun.status_code == 202, begun.text
        phone, email = self.codes(person["phone"], person["email"])
        told = {"registration_id": begun.json()["registration_id"], "phone_code": phone, "email_code": email}
        answer = self.post("/v1/accounts/verify", told)
        assert answer.status_code == 201, answer.text
        return {"Authorization": f"Bearer {answer.json()['token']}"}

    def codes(self, phone: str, email: str, *, after: tuple[str, ...] = ()) -> tuple[str, str]:
        """Wait for the latest codes that the phone and the mailbox were sent, other than `after`."""
        found: dict[str, str] = {}
        tails = {phone.replace(" ", "").removeprefix("0"), email}

        def came() -> bool:
            for message in requests.get(f"{self.sandbox_url}/messages", timeout=10).json():
                code = re.search(r"\b[0-9]{6}\b", message["text"])
                if code and code[0] not in after and any(message["to"].endswith(tail) for tail in tails):
                    found[message["channel"]] = code[0]
            return len(found) == 2

        wait_until(came, seconds=20)
        return found["whatsapp"], found["email"]

    def sign_in(self, login: str, password: str = DEMO_PASSWORD) -> dict[str, str]:
        """Sign in and return the header that says so."""
        answer = self.post("/v1/sessions", {"login": login, "password": password})
        assert answer.status_code == 201, answer.text
        return {"Authorization": f"Bearer {answer.json()['token']}"}


def _line(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from cli.main import main; main()", *arguments]


def _mark_of(process: psutil.Process) -> str | None:
    try:
        ended = process.status() == psutil.STATUS_ZOMBIE
        return None if ended else str(process.environ().get(MARK))
    except (psutil.Error, OSError):
        return None


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory, rabbit_package: RabbitPrograms) -> Iterator[Stack]:
    """The whole system, started once for all tests that want it; conftest.py has their order."""
    running = Stack(tmp_path_factory.mktemp("stack") / "home")
    try:
        yield running.start()
    finally:
        running.end()
