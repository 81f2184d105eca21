"""The parts that `antrean up` keeps alive: two servers, and our own processes."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from cli.servers.local_http import answers_well
from cli.servers.ports import LOOPBACK
from cli.servers.process import Child, Program
from cli.up.environment import environment_with


class Part(Protocol):
    """Something that is started, watched and stopped."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def log(self) -> Path:
        """The file that its output goes to."""

    def launch(self) -> Child:
        """Begin to run it and return at once."""

    def is_ready(self) -> bool:
        """Whether it does its work now."""

    def ask_to_stop(self) -> None:
        """Begin to end it and return at once."""

    def stop(self) -> None:
        """Return when it has ended."""


@dataclass(slots=True, kw_only=True)
class OwnProcess:
    """A service, the gateway or the sandbox: a Python module run as a process."""

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    ops_port: int
    home: Path
    niceness: int = 0
    _child: Child | None = field(default=None, init=False)

    @property
    def log(self) -> Path:
        """The file that its output goes to."""
        return self.home / "log" / f"{self.name}.log"

    def launch(self) -> Child:
        """Begin to run it and return at once."""
        self._child = Child(
            Program(
                name=self.name,
                command=(sys.executable, "-m", *self.arguments),
                state=self.home,
                log=self.log,
                environment=environment_with({**self.environment, "OPS_PORT": str(self.ops_port)}),
                stop_seconds=12,
                niceness=self.niceness,
            )
        )
        return self._child

    def is_ready(self) -> bool:
        """Whether its /readyz says so."""
        return answers_well(f"http://{LOOPBACK}:{self.ops_port}/readyz")

    def ask_to_stop(self) -> None:
        """Begin to end it and return at once."""
        if self._child:
            self._child.ask_to_stop()

    def stop(self) -> None:
        """Return when it has ended."""
        if self._child:
            self._child.stop()
