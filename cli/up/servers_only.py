"""`antrean servers`: PostgreSQL and RabbitMQ alone, on free ports, until a stop signal."""

from pathlib import Path

from cli.servers.debian import rabbit_programs
from cli.servers.ports import free_port
from cli.servers.postgres import Postgres
from cli.servers.process import end_leftovers
from cli.servers.rabbitmq import RabbitMQ, RabbitPorts
from cli.settings import DEBIAN_FOLDER
from cli.stop_signal import StopAsked, ignore_stop_signals, stop_signals_raise
from cli.terminal import Terminal
from cli.up.lock import only_one
from cli.up.supervisor import Supervisor

SERVER_SECONDS = 90


def run_servers(folder: Path, terminal: Terminal) -> None:
    """Run both servers in this folder; their data is not safe from a power cut."""
    home = folder.absolute()
    supervisor = Supervisor(terminal.say)
    with only_one(home), stop_signals_raise():
        try:
            end_leftovers(home)
            _start(home, terminal, supervisor)
            supervisor.watch()
        except StopAsked:
            terminal.say("Stopping.")
        finally:
            ignore_stop_signals()
            supervisor.stop()


def _start(home: Path, terminal: Terminal, supervisor: Supervisor) -> None:
    postgres = Postgres(home / "postgres", free_port(), durable=False)
    programs = rabbit_programs(DEBIAN_FOLDER)
    rabbitmq = RabbitMQ(home / "rabbitmq", RabbitPorts.free(), programs)
    with terminal.step("PostgreSQL and RabbitMQ"):
        supervisor.launch(rabbitmq, postgres)
        supervisor.wait_until_ready(rabbitmq, postgres, seconds=SERVER_SECONDS)
    terminal.table(
        "Servers",
        (
            ("DATABASE_URL", postgres.url()),
            ("AMQP_URL", rabbitmq.url()),
            ("AMQP_MANAGEMENT_URL", rabbitmq.management_url),
            ("ANTREAN_TEST_SERVERS", str(home)),
        ),
    )
