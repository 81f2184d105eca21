"""`antrean up` where something is different: servers of one's own, a busy port, nothing there."""

import signal
import socket
from pathlib import Path

import pytest

from cli.servers.ports import free_port
from cli.servers.postgres import Postgres
from tests.stack import Stack

pytestmark = pytest.mark.timeout(300)


def test_servers_of_ones_own_are_used_instead(tmp_path: Path, postgres: Postgres, vhost: str) -> None:
    """With DATABASE_URL and AMQP_URL no server is started, and stopping leaves those alone."""
    line = Stack(tmp_path / "home", DATABASE_URL=postgres.url(), AMQP_URL=vhost)
    try:
        names = {part.name() for part in line.start().processes()}
        assert line.stop(signal.SIGTERM) == 0, line.said()
    finally:
        line.end()
    assert not names & {"postgres", "beam.smp", "epmd"}
    assert Postgres.in_use(postgres.folder).is_ready()


def test_a_busy_port_is_one_sentence_and_no_traceback(tmp_path: Path) -> None:
    """A person learns which port it is, and how to choose another."""
    with socket.create_server(("127.0.0.1", free_port())) as other:
        port = other.getsockname()[1]
        done = Stack(tmp_path / "home", GATEWAY_PORT=str(port)).command("up")
    assert done.returncode == 1
    assert done.stderr == f"Error: Port {port} is in use: end that program, or set GATEWAY_PORT.\n"


def test_an_unreachable_database_server_is_one_sentence(tmp_path: Path) -> None:
    """DATABASE_URL that leads nowhere is named, without a traceback."""
    nowhere = f"postgresql://nobody@127.0.0.1:{free_port()}/x"
    done = Stack(tmp_path / "home", DATABASE_URL=nowhere, AMQP_URL="amqp://x").command("up")
    assert done.returncode == 1
    assert "check DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_says_what_to_do_when_nothing_runs(tmp_path: Path) -> None:
    """Each unhealthy part has its advice, and the exit code is 1."""
    report = Stack(tmp_path / "home").command("doctor")
    assert report.returncode == 1
    assert "✗ gateway: does not answer" in report.stdout
    assert "start it: make run" in report.stdout
