"""The probe service, running as a process of its own."""

from collections.abc import Callable

import psycopg
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

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """Ask the probe's database."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            return connection.execute(query).fetchall()

    def count(self, query: str) -> int:
        """Ask the probe's database for one number."""
        return int(str(self.rows(query)[0][0]))


@pytest.fixture
def probe_database(database: Callable[[str], str]) -> str:
    """A database with the chassis' tables and the probe's own."""
    url = database("probe")
    engine = create_engine(url)
    with engine.begin() as connection:
        tables.metadata.create_all(connection)
        connection.execute(sqlalchemy.text(TABLES))
    engine.dispose()
    return url


@pytest.fixture
def probe(probe_database: str, vhost: str, process: Callable[..., Process]) -> Probe:
    """The probe, ready; failed events are tried again after 0.1, 0.2 and 0.3 s."""
    environment = {"DATABASE_URL": probe_database, "AMQP_URL": vhost, "RETRY_SECONDS": "0.1,0.2,0.3"}
    return Probe(process(service_command(PROBE), environment).start(), probe_database)
