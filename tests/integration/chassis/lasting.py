"""One probe for all tests of a file, for it takes seconds to start; each test finds it with nothing in it."""

from collections.abc import Iterator

import pytest

from chassis.broker import connect
from cli.servers.postgres import Postgres
from cli.servers.rabbit_access import RabbitAccess
from contracts.events import SUBSCRIPTIONS
from tests.integration.chassis.conftest import Probe, make_tables, start_probe
from tests.processes import processes
from tests.servers import fresh_databases, fresh_vhost

_EMPTY = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep(%';
    DELETE FROM effect; DELETE FROM attempt; DELETE FROM said; DELETE FROM inbox; DELETE FROM outbox
"""


@pytest.fixture(scope="module")
def lasting_probe(
    postgres: Postgres, broker: RabbitAccess, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Probe]:
    """The file's probe, with a database and a virtual host of its own."""
    with (
        fresh_databases(postgres) as make_database,
        fresh_vhost(broker) as vhost,
        processes(tmp_path_factory.mktemp("probe")) as process,
    ):
        yield start_probe(process, make_tables(make_database("probe")), vhost)


@pytest.fixture
def vhost(lasting_probe: Probe) -> str:
    """The probe's virtual host."""
    return lasting_probe.process.environment["AMQP_URL"]


@pytest.fixture
def probe_database(lasting_probe: Probe) -> str:
    """The probe's database."""
    return lasting_probe.url


@pytest.fixture
def probe(lasting_probe: Probe, vhost: str) -> Probe:
    """The probe, ready, without anything of the tests before."""
    if not lasting_probe.process.is_running():
        lasting_probe.process.start()
    lasting_probe.rows(_EMPTY)
    with connect(vhost) as connection:
        channel = connection.channel()
        for consumer in SUBSCRIPTIONS:
            channel.queue_purge(f"antrean.{consumer}")
            channel.queue_purge(f"antrean.{consumer}.parked")
    return lasting_probe
