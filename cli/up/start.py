"""The steps of a start, from nothing to a system that serves."""

import socket
import time
from collections.abc import Mapping
from dataclasses import asdict
from urllib.parse import urlsplit

from cli.errors import PortInUse, Problem, ServerFailed
from cli.servers.debian import rabbit_programs
from cli.servers.local_http import answers_well
from cli.servers.ports import LOOPBACK, is_free
from cli.servers.postgres import Postgres
from cli.servers.process import end_leftovers
from cli.servers.rabbitmq import RabbitMQ
from cli.settings import DEBIAN_FOLDER, DEMO_OFFICE, UpSettings
from cli.terminal import Terminal
from cli.up.databases import database_urls, make_databases, migrate, seed
from cli.up.keys import key_files
from cli.up.processes import common_environment, gateway_process, service_processes
from cli.up.supervisor import Supervisor

SERVER_SECONDS = 90
PROCESS_SECONDS = 60
AMQP_PORT = 5672


class Start:
    """One start; what it launches belongs to the supervisor, whatever happens here."""

    def __init__(self, settings: UpSettings, terminal: Terminal, supervisor: Supervisor) -> None:
        self._settings = settings
        self._home = settings.home
        self._terminal = terminal
        self._supervisor = supervisor
        self._postgres = Postgres(self._home / "postgres", settings.ports.postgres)

    def run(self) -> None:
        """Return when every page answers; raise Problem when that cannot be."""
        if left := end_leftovers(self._home):
            self._terminal.say(f"Ended {len(left)} processes that an earlier run left behind.")
        _check_ports(self._settings)
        # RabbitMQ takes longest: it starts while the databases are made.
        rabbitmq = self._launch_rabbitmq()
        databases = self._make_databases()
        environment = self._make_keys_and_offices(rabbitmq, databases)
        with self._terminal.step("RabbitMQ"):
            self._wait_for_rabbitmq(rabbitmq)
        with self._terminal.step("Services, gateway and sandbox"):
            self._start_processes(environment, databases)
            self._wait_for_offices()

    def _launch_rabbitmq(self) -> RabbitMQ | None:
        if not self._settings.embedded_rabbitmq:
            return None
        with self._terminal.step("RabbitMQ's programs"):
            programs = rabbit_programs(DEBIAN_FOLDER)
        rabbitmq = RabbitMQ(self._home / "rabbitmq", self._settings.ports.rabbitmq(), programs)
        self._supervisor.launch(rabbitmq)
        return rabbitmq

    def _make_databases(self) -> dict[str, str]:
        with self._terminal.step("PostgreSQL and four databases"):
            if self._settings.embedded_postgres:
                self._supervisor.launch(self._postgres)
                self._supervisor.wait_until_ready(self._postgres, seconds=SERVER_SECONDS)
            databases = database_urls(self._settings, self._postgres)
            make_databases(self._settings, self._postgres)
            migrate(databases, self._home)
        return databases

    def _make_keys_and_offices(
        self, rabbitmq: RabbitMQ | None, databases: Mapping[str, str]
    ) -> dict[str, str]:
        with self._terminal.step("Keys, offices, slots and demo accounts"):
            keys = key_files(self._home / "keys")
            amqp_url = rabbitmq.url() if rabbitmq else self._settings.amqp_url or ""
            environment = common_environment(self._settings, keys, amqp_url)
            seed({**environment, "DATABASE_URL": databases["booking"]}, self._home)
        return environment

    def _wait_for_rabbitmq(self, rabbitmq: RabbitMQ | None) -> None:
        if rabbitmq:
            self._supervisor.wait_until_ready(rabbitmq, seconds=SERVER_SECONDS)
            return
        address = urlsplit(self._settings.amqp_url or "")
        try:
            socket.create_connection((address.hostname, address.port or AMQP_PORT), timeout=10).close()
        except OSError as error:
            raise Problem(f"RabbitMQ at {address.hostname} does not answer: check AMQP_URL.") from error

    def _start_processes(self, environment: Mapping[str, str], databases: Mapping[str, str]) -> None:
        services = service_processes(self._home, self._settings, environment, databases)
        gateway = gateway_process(self._home, self._settings, environment)
        self._supervisor.launch(*services)
        self._supervisor.launch(gateway)
        self._supervisor.wait_until_ready(*services, gateway, seconds=PROCESS_SECONDS)

    def _wait_for_offices(self) -> None:
        """On a first start the offices travel to the other services as events; then every page answers."""
        board = f"http://{LOOPBACK}:{self._settings.ports.gateway}/v1/offices/{DEMO_OFFICE}/board"
        deadline = time.monotonic() + PROCESS_SECONDS
        while not answers_well(board):
            if time.monotonic() > deadline:
                raise ServerFailed(f"{board} did not answer in {PROCESS_SECONDS} s: run make doctor.")
            time.sleep(0.2)


def _check_ports(settings: UpSettings) -> None:
    for name, port in asdict(settings.ports).items():
        unused = (name == "postgres" and not settings.embedded_postgres) or (
            name.startswith("rabbitmq") and not settings.embedded_rabbitmq
        )
        if not unused and not is_free(port):
            raise PortInUse(f"Port {port} is in use: end that program, or set {name.upper()}_PORT.")
