"""Display's database, made once for all tests of this folder and emptied for each."""

from collections.abc import Iterator

import pytest

from chassis.database import Database
from cli.servers.postgres import Postgres
from tests.integration.display.hall import TARAKAN, Display
from tests.service_database import empty, service_database


@pytest.fixture(scope="session")
def display_database(postgres: Postgres) -> Iterator[Database]:
    """The migrated database of the whole folder."""
    with service_database(postgres, "display") as database:
        yield database


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
