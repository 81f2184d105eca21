"""Fixtures: a real PostgreSQL and a real RabbitMQ, private to this run, on free ports.

    postgres    one server for the whole run          database("booking")  a fresh database on it
    broker      one node for the whole run            vhost                a fresh virtual host on it
    fragile_postgres, fragile_broker                  servers of one module, which its tests may kill

To save the seconds that they take to start, run `antrean servers FOLDER` in another terminal and
set `ANTREAN_TEST_SERVERS=FOLDER`: then the first four use those.
Where a server cannot be had, its tests are skipped; under `CI=true` they fail.
"""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from cli.errors import PackageMissing
from cli.servers.debian import RabbitPrograms, rabbit_programs
from cli.servers.ports import free_port
from cli.servers.postgres import Postgres
from cli.servers.rabbit_access import RabbitAccess
from cli.servers.rabbitmq import RabbitMQ, RabbitPorts
from cli.settings import DEBIAN_FOLDER
from tests.shared_servers import VARIABLE, running_servers

RUNNING = os.environ.get(VARIABLE)


@pytest.fixture(scope="session")
def rabbit_package() -> RabbitPrograms:
    """RabbitMQ's programs: installed, or downloaded once into the project's own folder."""
    try:
        return rabbit_programs(DEBIAN_FOLDER)
    except PackageMissing as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(missing.message)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """The run's PostgreSQL; ask for `database` to have one of your own on it."""
    if RUNNING:
        yield Postgres.in_use(running_servers(Path(RUNNING)) / "postgres")
    else:
        yield from _postgres(tmp_path_factory)


@pytest.fixture(scope="session")
def broker(
    tmp_path_factory: pytest.TempPathFactory, rabbit_package: RabbitPrograms
) -> Iterator[RabbitAccess]:
    """The run's RabbitMQ; ask for `vhost` to have one of your own on it."""
    if RUNNING:
        yield RabbitAccess.in_use(running_servers(Path(RUNNING)) / "rabbitmq")
    else:
        yield from _broker(tmp_path_factory, rabbit_package)


@pytest.fixture(scope="module")
def fragile_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A PostgreSQL of this module alone, which its tests may stop, kill and start."""
    yield from _postgres(tmp_path_factory)


@pytest.fixture(scope="module")
def fragile_broker(
    tmp_path_factory: pytest.TempPathFactory, rabbit_package: RabbitPrograms
) -> Iterator[RabbitMQ]:
    """A RabbitMQ of this module alone, which its tests may stop, kill and start."""
    yield from _broker(tmp_path_factory, rabbit_package)


@pytest.fixture
def database(postgres: Postgres) -> Iterator[Callable[[str], str]]:
    """`database("booking")` makes an empty database and answers its URL; it goes with the test."""
    with fresh_databases(postgres) as make:
        yield make


@pytest.fixture
def vhost(broker: RabbitAccess) -> Iterator[str]:
    """The URL of an empty virtual host; it goes with the test."""
    with fresh_vhost(broker) as url:
        yield url


@contextmanager
def fresh_databases(postgres: Postgres) -> Iterator[Callable[[str], str]]:
    """Give `make(name)`, which makes an empty database and answers its URL; it goes with the block."""
    made: list[str] = []

    def make(name: str) -> str:
        made.append(_unique(name))
        postgres.create_databases(made[-1:])
        return postgres.url(made[-1])

    try:
        yield make
    finally:
        with psycopg.connect(postgres.url(), autocommit=True) as connection:
            for name in made:
                connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def fresh_vhost(broker: RabbitAccess) -> Iterator[str]:
    """Give the URL of an empty virtual host; it goes with the block."""
    name = _unique("test")
    try:
        yield broker.add_vhost(name)
    finally:
        broker.delete_vhost(name)


def _postgres(folders: pytest.TempPathFactory) -> Iterator[Postgres]:
    server = Postgres(folders.mktemp("postgres") / "postgres", free_port(), durable=False)
    try:
        yield server.start()
    finally:
        server.stop()


def _broker(folders: pytest.TempPathFactory, programs: RabbitPrograms) -> Iterator[RabbitMQ]:
    node = RabbitMQ(folders.mktemp("rabbitmq") / "rabbitmq", RabbitPorts.free(), programs)
    try:
        yield node.start()
    finally:
        node.stop()


def _unique(name: str) -> str:
    return f"{name}_{uuid.uuid4().hex[:12]}"
