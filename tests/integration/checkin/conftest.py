"""Check-in's database, made once for all tests of this folder and emptied for each."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from chassis import migrate
from chassis.database import Database
from cli.servers.postgres import Postgres
from services.checkin.store import metadata
from tests.integration.checkin.hall import TARAKAN, Hall

_TABLES = ", ".join((*metadata.tables, "outbox"))


@pytest.fixture(scope="session")
def checkin_database(postgres: Postgres) -> Iterator[Database]:
    """The migrated database of the whole folder."""
    postgres.create_databases(["checkin_handlers"])
    url = postgres.url("checkin_handlers")
    migrate.upgrade("services.checkin", url)
    database = Database(url, connections=12)
    yield database
    database.engine.dispose()


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


def empty(database: Database) -> None:
    """Forget everything."""
    with database.engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {_TABLES}"))
