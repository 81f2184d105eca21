"""The supervisor with small real programs: who dies is started again, with patience."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.errors import ServerFailed
from cli.servers.process import Child, Program, end_leftovers
from cli.up.supervisor import Supervisor
from tests.processes import wait_until

FOREVER = "import signal; signal.pause()"
AT_ONCE = "raise SystemExit(3)"


class Part:
    """A program of one line."""

    def __init__(self, home: Path, line: str) -> None:
        self.name = "part"
        self.log = home / "part.log"
        self.children: list[Child] = []
        self._program = Program(
            name=self.name,
            command=(sys.executable, "-S", "-c", line),
            state=home,
            log=self.log,
            stop_seconds=2,
        )

    def launch(self) -> Child:
        """Run the line."""
        self.children.append(Child(self._program))
        return self.children[-1]

    def is_ready(self) -> bool:
        """Whether it runs."""
        return self.children[-1].exit_code() is None

    def ask_to_stop(self) -> None:
        """Send SIGTERM."""
        self.children[-1].ask_to_stop()

    def stop(self) -> None:
        """Send SIGTERM and wait."""
        self.children[-1].stop()


@pytest.fixture
def news() -> list[str]:
    """What the supervisor said."""
    return []


@pytest.fixture
def supervisor(news: list[str], tmp_path: Path) -> Iterator[Supervisor]:
    """A supervisor whose parts are ended after the test."""
    made = Supervisor(news.append)
    yield made
    made.stop()
    assert end_leftovers(tmp_path) == []


def test_a_part_that_died_is_started_again(supervisor: Supervisor, news: list[str], tmp_path: Path) -> None:
    """One death, one new process, and two lines of news."""
    part = Part(tmp_path, FOREVER)
    supervisor.launch(part)
    supervisor.wait_until_ready(part, seconds=60)

    part.children[0].kill()
    _look_after_until(supervisor, lambda: len(news) == 2)

    assert part.children[1].exit_code() is None
    assert news == [
        f"part ended (signal 9); it is started again in 0.5 s. Log: {tmp_path}/part.log",
        "part is ready again.",
    ]


def test_the_wait_doubles_while_a_part_keeps_dying(
    supervisor: Supervisor, news: list[str], tmp_path: Path
) -> None:
    """A program that cannot start does not fill the log nor burn the processor."""
    supervisor.launch(Part(tmp_path, AT_ONCE))
    deaths = "part ended (exit code 3); it is started again in {} s. Log: " + f"{tmp_path}/part.log"

    _look_after_until(supervisor, lambda: sum("ended" in line for line in news) == 3)

    assert [line for line in news if "ended" in line] == [deaths.format(wait) for wait in ("0.5", "1", "2")]


def test_a_part_that_dies_while_starting_is_named_with_its_last_words(
    supervisor: Supervisor, tmp_path: Path
) -> None:
    """The first start does not try for ever: it says what is wrong."""

    class NeverReady(Part):
        def is_ready(self) -> bool:
            """Whether it has read its key, which it never will."""
            return False

    part = NeverReady(tmp_path, "raise SystemExit('the key file is missing')")
    supervisor.launch(part)
    with pytest.raises(ServerFailed, match=r"part ended with code 1.*the key file is missing"):
        supervisor.wait_until_ready(part, seconds=60)


def test_a_part_that_ignores_the_signal_is_killed(supervisor: Supervisor, tmp_path: Path) -> None:
    """Stopping ends within the part's own limit."""
    part = Part(
        tmp_path,
        "import signal; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); signal.pause()",
    )
    supervisor.launch(part)
    _look_after_until(supervisor, lambda: "deaf" in part.log.read_text())

    begun = time.monotonic()
    supervisor.stop()

    assert time.monotonic() - begun < 10
    assert part.children[0].exit_code() == -9


def test_the_last_group_is_stopped_first(tmp_path: Path) -> None:
    """The gateway ends before the services, and they before the servers."""
    ended: list[str] = []

    class Named(Part):
        def __init__(self, name: str) -> None:
            super().__init__(tmp_path, FOREVER)
            self.name = name

        def stop(self) -> None:
            """Note the order."""
            super().stop()
            ended.append(self.name)

    supervisor = Supervisor(ended.append)
    supervisor.launch(Named("server"))
    supervisor.launch(Named("service"))
    supervisor.launch(Named("gateway"))
    supervisor.stop()
    assert ended == ["gateway", "service", "server"]


def _look_after_until(supervisor: Supervisor, condition: Callable[[], bool]) -> None:
    def holds() -> bool:
        supervisor.look_after()
        return condition()

    wait_until(holds)
