"""Display's database, made once for all tests of this folder and emptied for each."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from chassis import migrate
from chassis.database import Database
from cli.servers.postgres import Postgres
from services.display.store import metadata
from tests.integration.display.hall import TARAKAN, Display

_TABLES = ", ".join(metadata.tables)


@pytest.fixture(scope="session")
def display_database(postgres: Postgres) -> Iterator[Database]:
    """The migrated database of the whole folder."""
    postgres.create_databases(["display_handlers"])
    url = postgres.url("display_handlers")
    migrate.upgrade("services.display", url)
    database = Database(url, connections=12)
    yield database
    database.engine.dispose()


@pytest.fixture
def empty_display(display_database: Database) -> Display:
    """A display that has heard of nothing yet."""
    empty(display_database)
    return Display(display_database)


@pytest.fixture
def display(empty_display: Display) -> Display:
    """A display that knows the office of Tarakan."""
    empty_display.hear(TARAKAN)
    return empty_display


def empty(database: Database) -> None:
    """Forget everything."""
    with database.engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {_TABLES}"))
