"""All checks, one after another."""

from collections.abc import Iterator
from itertools import chain
from urllib.parse import unquote, urlsplit

from cli.doctor.databases import check_databases
from cli.doctor.finding import Finding
from cli.doctor.machine import check_machine
from cli.doctor.processes import check_processes
from cli.doctor.queues import check_queues
from cli.servers.postgres import Postgres
from cli.servers.rabbit_access import RabbitAccess
from cli.settings import UpSettings
from cli.up.databases import database_urls

MANAGEMENT_PORT = 15672


def examine(settings: UpSettings) -> Iterator[Finding]:
    """Look at every part, from the machine up to the pages."""
    postgres = Postgres(settings.home / "postgres", settings.ports.postgres)
    return chain(
        check_machine(settings.home),
        check_databases(database_urls(settings, postgres)),
        check_queues(*_management(settings)),
        check_processes(settings),
    )


def _management(settings: UpSettings) -> tuple[str, str]:
    """The management HTTP API and the virtual host; RabbitMQ's usual port where only AMQP_URL is told."""
    if settings.amqp_url is None:
        broker = RabbitAccess(settings.home / "rabbitmq", settings.ports.rabbitmq())
        return broker.management_url, "/"
    address = urlsplit(settings.amqp_url)
    user = address.netloc.rpartition("@")[0]
    usual = f"http://{user}@{address.hostname}:{MANAGEMENT_PORT}"
    return settings.amqp_management_url or usual, unquote(address.path[1:]) or "/"
