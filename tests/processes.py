"""Start the project's own processes for a test, and end them: by pid, never by name."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests

from cli.servers.ports import free_port

PROJECT = Path(__file__).parent.parent


@dataclass
class Process:
    """A service, the gateway or the sandbox as a process of its own."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    log_file: Path
    ops_port: int = field(default_factory=free_port)
    popen: subprocess.Popen[bytes] | None = None
    readiness: str = "never answered"

    def start(self, *, wait: bool = True) -> "Process":
        """Start it, and wait until it says that it is ready."""
        environment = {
            **os.environ,
            **self.environment,
            "OPS_PORT": str(self.ops_port),
            "PYTHONPATH": str(PROJECT),
        }
        with self.log_file.open("ab") as log:
            self.popen = subprocess.Popen(
                (sys.executable, *self.command), cwd=PROJECT, env=environment, stdout=log, stderr=log
            )
        return self.wait_until_ready() if wait else self

    def wait_until_ready(self) -> "Process":
        """Wait for /readyz."""
        wait_until(self.is_ready, why=self.log)
        return self

    def is_running(self) -> bool:
        """Say whether it was started and has not ended."""
        return self.popen is not None and self.popen.poll() is None

    def is_ready(self) -> bool:
        """Ask /readyz once; a process that has ended fails the test at once."""
        assert self.popen is not None
        assert self.popen.poll() is None, f"{self.command} ended with {self.popen.returncode}:\n{self.log()}"
        try:
            answer = requests.get(f"http://127.0.0.1:{self.ops_port}/readyz", timeout=5)
        except (requests.ConnectionError, requests.Timeout):
            return False
        self.readiness = answer.text
        return answer.status_code == 200

    def metric(self, sample: str) -> float:
        """Read one sample of /metrics by its exact name and labels; 0 when it is not there."""
        text = requests.get(f"http://127.0.0.1:{self.ops_port}/metrics", timeout=30).text
        values = [line.rsplit(" ", 1)[1] for line in text.splitlines() if line.startswith(f"{sample} ")]
        return float(values[0]) if values else 0.0

    def kill(self) -> None:
        """End it as a power cut would (SIGKILL)."""
        assert self.popen is not None
        self.popen.kill()
        self.popen.wait()

    def stop(self) -> int:
        """Ask it to end (SIGTERM) and return its exit code."""
        if self.popen is None:
            return 0
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGTERM)
            try:
                self.popen.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.popen.kill()
                self.popen.wait()
                pytest.fail(f"{self.command} did not stop:\n{self.log()}")
        return self.popen.returncode

    def log(self) -> str:
        """Return the end of what it logged."""
        return f"readiness: {self.readiness}\n{self.log_file.read_text(errors='replace')[-6000:]}"


def service_command(target: str) -> tuple[str, ...]:
    """Return the arguments that start a nameko service, such as `services.checkin.service:CheckinService`."""
    return ("-m", "chassis", target)


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Callable[..., Process]]:
    """`process(command, environment)` describes a process that ends with the test."""
    with processes(tmp_path) as describe:
        yield describe


@contextmanager
def processes(folder: Path) -> Iterator[Callable[..., Process]]:
    """Give `describe(command, environment)`: each process logs into the folder, and ends with the block."""
    made: list[Process] = []

    def describe(command: tuple[str, ...], environment: Mapping[str, str]) -> Process:
        made.append(Process(command=command, environment=environment, log_file=folder / f"{len(made)}.log"))
        return made[-1]

    try:
        yield describe
    finally:
        for one in reversed(made):
            one.stop()


def wait_until(condition: Callable[[], object], *, seconds: float = 60, why: Callable[[], str] = str) -> None:
    """Wait for a condition; after the deadline, which only a failing test sees, it fails with `why()`."""
    deadline = time.monotonic() + seconds
    pause = 0.02
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"not within {seconds} s: {condition}\n{why()}")
        time.sleep(pause)  # between two looks, each of which takes time from what is waited for
        pause = min(1.3 * pause, 0.15)
