"""The probe service, running as a process of its own."""

from collections.abc import Callable

import pytest
import sqlalchemy

from chassis import tables
from chassis.database import create_engine
from tests.integration.chassis.probe import TABLES
from tests.processes import Process, service_command

PROBE = "tests.integration.chassis.probe:ProbeService"


class Probe:
    """The probe service and a look into its database."""

    def __init__(self, process: Process, url: str) -> None:
        self.process = process
        self.url = url
        self._looks = sqlalchemy.create_engine(
            sqlalchemy.make_url(url).set(drivername="postgresql+psycopg"),
            isolation_level="AUTOCOMMIT",
            pool_size=1,
            pool_pre_ping=True,
        )

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Ask the probe's database, on a connection that is kept: tests ask until something is so."""
        with self._looks.connect() as connection:
            answer = connection.execute(sqlalchemy.text(query))
            return [tuple(row) for row in answer] if answer.returns_rows else []

    def count(self, query: str) -> int:
        """Ask the probe's database for one number."""
        return int(str(self.rows(query)[0][0]))


@pytest.fixture
def probe_database(database: Callable[[str], str]) -> str:
    """A database with the chassis' tables and the probe's own."""
    return make_tables(database("probe"))


@pytest.fixture
def probe(probe_database: str, vhost: str, process: Callable[..., Process]) -> Probe:
    """The probe, ready."""
    return start_probe(process, probe_database, vhost)


def make_tables(url: str) -> str:
    """Make the chassis' tables and the probe's own in a database, and answer its URL."""
    engine = create_engine(url)
    with engine.begin() as connection:
        tables.metadata.create_all(connection)
        connection.execute(sqlalchemy.text(TABLES))
    engine.dispose()
    return url


def start_probe(process: Callable[..., Process], url: str, vhost: str) -> Probe:
    """Start a probe that tries failed events again after 0.1, 0.2 and 0.3 s, and wait until it is ready."""
    environment = {"DATABASE_URL": url, "AMQP_URL": vhost, "RETRY_SECONDS": "0.1,0.2,0.3"}
    return Probe(process(service_command(PROBE), environment).start(), url)
