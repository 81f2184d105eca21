"""The whole system as `make run` starts it, on free ports and with data of its own."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import requests

from cli.servers.ports import free_port
from cli.settings import Ports
from tests.processes import wait_until

PROJECT = Path(__file__).parent.parent
DEMO_PASSWORD = "antrean-demo-2026"
START_SECONDS = 150


class Stack:
    """`antrean up` in a folder of its own."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.ports = Ports(**{field.name: free_port() for field in fields(Ports)})
        self.url = f"http://127.0.0.1:{self.ports.gateway}"
        self.sandbox_url = f"http://127.0.0.1:{self.ports.sandbox}"
        ports = {
            f"{field.name.upper()}_PORT": str(getattr(self.ports, field.name)) for field in fields(Ports)
        }
        self._environment = {**os.environ, **ports, "ANTREAN_HOME": str(folder), **(environment or {})}
        self._log = folder.with_suffix(".log")
        self._popen: subprocess.Popen[bytes] | None = None

    def start(self) -> "Stack":
        """Start everything and wait until the gateway serves."""
        self.folder.mkdir(parents=True, exist_ok=True)
        command = (str(Path(sys.executable).parent / "antrean"), "up")
        with self._log.open("wb") as log:
            self._popen = subprocess.Popen(
                command, cwd=PROJECT, env=self._environment, stdout=log, stderr=log
            )
        wait_until(self._serves, seconds=START_SECONDS, why=self.log)
        return self

    def stop(self) -> int:
        """End everything as Ctrl-C does, and return the exit code."""
        assert self._popen is not None
        self._popen.send_signal(signal.SIGINT)
        return self._popen.wait(timeout=60)

    def log(self) -> str:
        """Return what `antrean up` printed."""
        return self._log.read_text(errors="replace")

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

    def codes(self, phone: str, email: str) -> tuple[str, str]:
        """Wait for the latest codes that the sandbox's phone and mailbox were sent."""
        found: dict[str, str] = {}
        tails = {phone.replace(" ", "").removeprefix("0"), email}

        def came() -> bool:
            for message in requests.get(f"{self.sandbox_url}/messages", timeout=10).json():
                code = re.search(r"\b[0-9]{6}\b", message["text"])
                if code and any(message["to"].endswith(tail) for tail in tails):
                    found[message["channel"]] = code[0]
            return len(found) == 2

        wait_until(came, seconds=20)
        return found["whatsapp"], found["email"]

    def sign_in(self, login: str, password: str = DEMO_PASSWORD) -> dict[str, str]:
        """Sign in and return the header that says so."""
        answer = self.post("/v1/sessions", {"login": login, "password": password})
        assert answer.status_code == 201, answer.text
        return {"Authorization": f"Bearer {answer.json()['token']}"}

    def _serves(self) -> bool:
        assert self._popen is not None
        assert self._popen.poll() is None, self.log()
        return "Ctrl-C stops everything" in self.log()


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole system, started once for the tests of a file: it costs seconds, and idles in nobody's way."""
    running = Stack(tmp_path_factory.mktemp("stack") / "antrean").start()
    yield running
    running.stop()
