"""Booking's database, made once for all tests of this folder and emptied for each."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from chassis import migrate
from chassis.database import Database
from cli.servers.postgres import Postgres
from services.booking.store import metadata
from tests.integration.booking.desk import Desk

_TABLES = ", ".join((*metadata.tables, "outbox"))


@pytest.fixture(scope="session")
def booking_database(postgres: Postgres) -> Iterator[Database]:
    """The migrated database of the whole folder; as many connections as the races have threads."""
    postgres.create_databases(["booking_handlers"])
    url = postgres.url("booking_handlers")
    migrate.upgrade("services.booking", url)
    database = Database(url, connections=50)
    yield database
    database.engine.dispose()


@pytest.fixture
def empty_desk(booking_database: Database) -> Desk:
    """A booking that knows no office and nobody."""
    with booking_database.engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {_TABLES}"))
    return Desk(database=booking_database)


@pytest.fixture
def desk(empty_desk: Desk) -> Desk:
    """A booking that knows the office of Tarakan, and whose events so far were heard."""
    empty_desk.add_office()
    empty_desk.heard()
    return empty_desk
