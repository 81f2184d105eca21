"""Keeps parts alive: starts again what died, after a wait that doubles while it keeps dying."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from cli.errors import Problem
from cli.servers.process import Child
from cli.up.parts import Part

FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
# Who was well for this long is in good health again: its next death counts as the first.
HEALTHY_SECONDS = 60.0
POLL_SECONDS = 0.2


@dataclass(slots=True, kw_only=True)
class _Watched:
    part: Part
    child: Child
    ready: bool = False
    ready_at: float = 0.0
    restart_at: float | None = None
    wait_seconds: float = FIRST_WAIT_SECONDS


class Supervisor:
    """Starts groups of parts, watches them all, and stops the groups in the opposite order."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._groups: list[list[_Watched]] = []

    def launch(self, *parts: Part) -> None:
        """Begin to run a group of parts, without waiting until they are ready."""
        self._groups.append([])
        # One by one, so that those that started are stopped when a later one cannot start.
        for part in parts:
            self._groups[-1].append(_Watched(part=part, child=part.launch()))

    def wait_until_ready(self, *parts: Part, seconds: float) -> None:
        """Return when all of these do their work; raise ServerFailed when one ends or takes too long."""
        deadline = time.monotonic() + seconds
        for watched in self._all():
            if watched.part in parts:
                watched.child.wait_until(watched.part.is_ready, seconds=deadline - time.monotonic())
                self._is_well(watched)

    def watch(self) -> None:
        """Keep all parts alive until an exception, such as a signal's, ends this."""
        while True:
            self.look_after()
            time.sleep(POLL_SECONDS)

    def look_after(self) -> None:
        """Look at every part once, and do what is due."""
        for watched in self._all():
            if watched.restart_at is not None:
                self._restart_when_due(watched)
            elif (code := watched.child.exit_code()) is not None:
                self._expect_restart(watched, f"{watched.part.name} ended ({_reason(code)})")
            elif not watched.ready and watched.part.is_ready():
                self._is_well(watched)
                self._say(f"{watched.part.name} is ready again.")

    def stop(self) -> None:
        """End everything, the group that was launched last first, a group's parts at the same time."""
        while self._groups:
            group = self._groups.pop()
            for watched in group:
                watched.part.ask_to_stop()
            for watched in group:
                watched.part.stop()

    def _all(self) -> list[_Watched]:
        return [watched for group in self._groups for watched in group]

    def _is_well(self, watched: _Watched) -> None:
        watched.ready = True
        watched.ready_at = time.monotonic()

    def _expect_restart(self, watched: _Watched, what: str) -> None:
        now = time.monotonic()
        if watched.ready and now - watched.ready_at > HEALTHY_SECONDS:
            watched.wait_seconds = FIRST_WAIT_SECONDS
        self._say(f"{what}; it is started again in {watched.wait_seconds:g} s. Log: {watched.part.log}")
        watched.ready = False
        watched.restart_at = now + watched.wait_seconds
        watched.wait_seconds = min(watched.wait_seconds * 2, LONGEST_WAIT_SECONDS)

    def _restart_when_due(self, watched: _Watched) -> None:
        if watched.restart_at is None or time.monotonic() < watched.restart_at:
            return
        watched.restart_at = None
        try:
            watched.child = watched.part.launch()
        except Problem as problem:
            self._expect_restart(watched, f"{watched.part.name} could not start: {problem.message}")


def _reason(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"
