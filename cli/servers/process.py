"""Start a program in the background, and end it: only ever one that we started.

Every program we start carries the state folder in its environment (`ANTREAN_STATE`). That mark outlives
us: after a crash the next start finds what is left over by it, with no pid file that could be stale.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from cli.errors import ServerFailed

MARK = "ANTREAN_STATE"
POLL_SECONDS = 0.05
LONGEST_LOG_BYTES = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """All that is needed to start a program, and to start it again the same way.

    A `niceness` above 0 (up to 19) leaves the processor to the others when it is short, and never interrupts
    one of them.
    """

    name: str
    command: Sequence[str]
    state: Path
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10
    niceness: int = 0


class Child:
    """A running program of ours."""

    def __init__(self, program: Program) -> None:
        self.program = program
        _make_room(program.log)
        with program.log.open("ab") as log:
            # A session of its own: Ctrl-C in the terminal reaches us alone, and we end things in order.
            self._process = subprocess.Popen(
                program.command,
                env={**program.environment, MARK: str(program.state)},
                cwd=program.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.pid = self._process.pid
        if program.niceness:
            os.setpriority(os.PRIO_PROCESS, self.pid, program.niceness)
            os.sched_setscheduler(self.pid, os.SCHED_BATCH, os.sched_param(0))

    def exit_code(self) -> int | None:
        """None while it runs; a negative number is the signal that ended it."""
        return self._process.poll()

    def ask_to_stop(self) -> None:
        """Send its stop signal, when it runs, and return at once."""
        self._process.send_signal(self.program.stop_signal)

    def stop(self, *, enough: Callable[[], bool] = lambda: False) -> None:
        """Ask it to end, wait, and kill it after its `stop_seconds`, or once `enough()` is true."""
        self.ask_to_stop()
        deadline = time.monotonic() + self.program.stop_seconds
        while self.exit_code() is None and time.monotonic() < deadline and not enough():
            time.sleep(POLL_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End it and all its children at once, as a power cut would."""
        if self.exit_code() is None:
            family = psutil.Process(self.pid).children(recursive=True)
            self._process.kill()
            _kill(family)
            psutil.wait_procs(family, timeout=10)
        self._process.wait()

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        """Return when `ready()` is true; raise ServerFailed when it ends or takes longer than this."""
        deadline = time.monotonic() + seconds
        while not ready():
            if (code := self.exit_code()) is not None:
                raise ServerFailed(f"{self.program.name} ended with code {code}; {self._last_words()}")
            if time.monotonic() > deadline:
                raise ServerFailed(
                    f"{self.program.name} was not ready in {seconds:.0f} s; {self._last_words()}"
                )
            time.sleep(POLL_SECONDS)

    def wait_for_success(self, *, seconds: float) -> None:
        """Return when it has ended with code 0; raise ServerFailed for another end, or none in time."""
        try:
            code = self._process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise ServerFailed(f"{self.program.name} took longer than {seconds:.0f} s.") from error
        if code:
            raise ServerFailed(f"{self.program.name} ended with code {code}; {self._last_words()}")

    def _last_words(self) -> str:
        lines = self.program.log.read_text(errors="replace").strip().splitlines()
        return f"its log {self.program.log} ends with: {lines[-1] if lines else '(nothing)'}"


def _make_room(log: Path) -> None:
    """Keep one earlier log beside the present one, and no more."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LONGEST_LOG_BYTES:
        log.rename(log.with_name(log.name + ".1"))


def end_leftovers(state: Path) -> list[str]:
    """End what an earlier run with this state folder left behind; answer the names of what was ended."""
    left = list(_marked(state))
    names = [process.name() for process in left if process.is_running()]
    for process in left:
        _send(process, signal.SIGTERM)
    _, stubborn = psutil.wait_procs(left, timeout=5)
    _kill(stubborn)
    psutil.wait_procs(stubborn, timeout=5)
    return names


def bare_environment(**extra: str) -> dict[str, str]:
    """An environment in which no PG* or RABBITMQ_* variable of the user misleads a private server."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "LD_PRELOAD") if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **extra}


def _marked(state: Path) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == str(state):
                yield process
        except (psutil.Error, OSError):
            # Gone in the meantime, or another user's: not ours either way.
            continue


def _kill(processes: Sequence[psutil.Process]) -> None:
    for process in processes:
        _send(process, signal.SIGKILL)


def _send(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return
