"""`antrean up` and its companions, as a person runs them: the command in a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import httpx
import psutil
import pytest

from cli.servers.debian import RabbitPrograms
from cli.servers.ports import free_port
from cli.servers.postgres import Postgres
from cli.servers.process import MARK, end_leftovers
from cli.settings import Ports
from tests.processes import wait_until

pytestmark = pytest.mark.timeout(300)

START_SECONDS = 110
STOP_SECONDS = 60
READY = "Ctrl-C stops everything"


class Antrean:
    """The command line with a folder and ports of its own."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        self.ports = Ports(**{name: free_port() for name in asdict(Ports())})
        self.environment = {
            **os.environ,
            **{f"{name.upper()}_PORT": str(port) for name, port in asdict(self.ports).items()},
            "ANTREAN_HOME": str(home),
            **environment,
        }
        self.output = home.with_suffix(".out")

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command that ends by itself."""
        return subprocess.run(
            self._line(*arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=START_SECONDS,
        )

    def up(self) -> subprocess.Popen[bytes]:
        """Run `antrean up` until it says that it is ready."""
        with self.output.open("wb") as output:
            process = subprocess.Popen(
                self._line("up"),
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        wait_until(
            lambda: READY in self.said() or process.poll() is not None, seconds=START_SECONDS, why=self.said
        )
        assert process.poll() is None, self.said()
        return process

    def said(self) -> str:
        """All that it printed so far."""
        return self.output.read_text()

    def processes(self) -> list[psutil.Process]:
        """Everything that runs for this folder."""
        return [process for process in psutil.process_iter() if _mark_of(process) == str(self.home)]

    @staticmethod
    def _line(*arguments: str) -> list[str]:
        return [sys.executable, "-c", "from cli.main import main; main()", *arguments]


@pytest.fixture(scope="module")
def antrean(tmp_path_factory: pytest.TempPathFactory, rabbit_package: RabbitPrograms) -> Iterator[Antrean]:
    """A command line; what it leaves running is ended."""
    line = Antrean(tmp_path_factory.mktemp("up") / "home")
    yield line
    end_leftovers(line.home)


@pytest.fixture(scope="module")
def running(antrean: Antrean) -> Iterator[subprocess.Popen[bytes]]:
    """`antrean up`, serving."""
    process = antrean.up()
    yield process
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.wait(STOP_SECONDS)


def test_one_command_serves_every_page(antrean: Antrean, running: subprocess.Popen[bytes]) -> None:
    """Pages, board, kiosk and the phone of the sandbox answer once it says so."""
    addresses = re.findall(r"http://\S+", antrean.said())
    assert len(addresses) >= 6
    for address in addresses:
        assert httpx.get(address, follow_redirects=True, timeout=30).status_code == 200, address


def test_messages_leave_the_processor_to_the_hall(antrean: Antrean, running: subprocess.Popen[bytes]) -> None:
    """On a small machine whoever waits at a counter comes before who gets a message."""
    niceness = {process.cmdline()[-1].rpartition(":")[2]: process.nice() for process in antrean.processes()}
    assert niceness["NotifyService"] == niceness["sandbox"] > niceness["CheckinService"]


def test_doctor_finds_a_fresh_start_healthy(antrean: Antrean, running: subprocess.Popen[bytes]) -> None:
    """Every line is ticked and the exit code is 0."""
    report = antrean.command("doctor")
    assert report.returncode == 0, report.stdout
    assert "✗" not in report.stdout


def test_a_killed_service_is_started_again(antrean: Antrean, running: subprocess.Popen[bytes]) -> None:
    """The supervisor says that a service died, and starts it until it is ready."""
    victim = next(
        process for process in antrean.processes() if "CheckinService" in " ".join(process.cmdline())
    )
    victim.kill()
    wait_until(lambda: "checkin is ready again" in antrean.said(), why=antrean.said)
    assert "checkin ended (signal 9); it is started again in 0.5 s" in antrean.said()


def test_a_killed_database_server_is_started_again(
    antrean: Antrean, running: subprocess.Popen[bytes]
) -> None:
    """The servers are looked after like the services."""
    victim = next(
        process
        for process in antrean.processes()
        if process.name() == "postgres" and "-D" in process.cmdline()
    )
    victim.kill()
    wait_until(lambda: "PostgreSQL is ready again" in antrean.said(), why=antrean.said)


def test_a_second_start_says_in_one_sentence_that_the_first_runs(
    antrean: Antrean, running: subprocess.Popen[bytes]
) -> None:
    """Nobody starts two of everything by mistake."""
    second = antrean.command("up")
    assert second.returncode == 1
    assert second.stderr.startswith(f"Error: Antrean runs already (process {running.pid}")
    assert second.stderr.count("\n") == 1


def test_servers_of_ones_own_are_used_instead(tmp_path: Path, postgres: Postgres, vhost: str) -> None:
    """With DATABASE_URL and AMQP_URL no server is started, and stopping leaves those alone."""
    line = Antrean(tmp_path / "home", DATABASE_URL=postgres.url(), AMQP_URL=vhost)
    process = line.up()
    names = {part.name() for part in line.processes()}
    process.send_signal(signal.SIGTERM)
    assert process.wait(STOP_SECONDS) == 0, line.said()
    assert not names & {"postgres", "beam.smp", "epmd"}
    assert Postgres.in_use(postgres.folder).is_ready()


def test_a_busy_port_is_one_sentence_and_no_traceback(antrean: Antrean, tmp_path: Path) -> None:
    """A person learns which port it is, and how to choose another."""
    with socket.create_server(("127.0.0.1", free_port())) as other:
        port = other.getsockname()[1]
        line = Antrean(tmp_path / "home", GATEWAY_PORT=str(port))
        done = line.command("up")
    assert done.returncode == 1
    assert done.stderr == f"Error: Port {port} is in use: end that program, or set GATEWAY_PORT.\n"


def test_an_unreachable_database_server_is_one_sentence(tmp_path: Path) -> None:
    """DATABASE_URL that leads nowhere is named, without a traceback."""
    line = Antrean(
        tmp_path / "home", DATABASE_URL=f"postgresql://nobody@127.0.0.1:{free_port()}/x", AMQP_URL="amqp://x"
    )
    done = line.command("up")
    assert done.returncode == 1
    assert "check DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_says_what_to_do_when_nothing_runs(tmp_path: Path) -> None:
    """Each unhealthy part has its advice, and the exit code is 1."""
    report = Antrean(tmp_path / "home").command("doctor")
    assert report.returncode == 1
    assert "✗ gateway: does not answer" in report.stdout
    assert "start it: make run" in report.stdout


def test_the_settings_of_a_process_are_shown_without_its_secrets(
    antrean: Antrean, running: subprocess.Popen[bytes]
) -> None:
    """An operator sees what booking is told, and no key and no password."""
    shown = antrean.command("config", "show", "booking").stdout
    password = (antrean.home / "postgres" / "password").read_text()
    assert "NIK_CIPHER_KEY=•••" in shown
    assert f"{antrean.ports.postgres}/booking" in shown
    assert password not in shown


def test_a_crash_leaves_nothing_that_stops_the_next_start(
    antrean: Antrean, running: subprocess.Popen[bytes]
) -> None:
    """After SIGKILL, what is left over is ended, the keys and data are kept, and Ctrl-C leaves nothing.

    The last test here, for it ends what the others look at.
    """
    keys = {file.name: file.read_bytes() for file in (antrean.home / "keys").iterdir()}
    running.kill()
    running.wait()
    assert antrean.processes()

    again = antrean.up()

    assert "that an earlier run left behind" in antrean.said()
    assert {file.name: file.read_bytes() for file in (antrean.home / "keys").iterdir()} == keys
    again.send_signal(signal.SIGINT)
    assert again.wait(STOP_SECONDS) == 0, antrean.said()
    assert antrean.processes() == []


def _mark_of(process: psutil.Process) -> str | None:
    try:
        ended = process.status() == psutil.STATUS_ZOMBIE
        return None if ended else str(process.environ().get(MARK))
    except (psutil.Error, OSError):
        return None
