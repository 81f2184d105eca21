"""Check-in's database, made once for all tests of this folder and emptied for each."""

from collections.abc import Iterator

import pytest

from chassis.database import Database
from cli.servers.postgres import Postgres
from tests.integration.checkin.hall import TARAKAN, Hall
from tests.service_database import empty, service_database


@pytest.fixture(scope="session")
def checkin_database(postgres: Postgres) -> Iterator[Database]:
    """The migrated database of the whole folder."""
    with service_database(postgres, "checkin") as database:
        yield database


@pytest.fixture
def empty_hall(checkin_database: Database) -> Hall:
    """A check-in that has heard of nothing yet."""
    empty(checkin_database)
    return Hall(checkin_database)


@pytest.fixture
def hall(empty_hall: Hall) -> Hall:
    """A check-in that knows the office of Tarakan."""
    empty_hall.hear(TARAKAN)
    return empty_hall
