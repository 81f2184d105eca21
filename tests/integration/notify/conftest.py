"""Notify's database, made once for all tests of this folder and emptied for each."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from chassis import migrate
from chassis.database import Database
from cli.servers.postgres import Postgres
from services.notify.store import metadata
from tests.integration.notify.post import Post
from tests.integration.sandbox.provider import Sandbox, mailbox, phone, running_sandbox, sandbox

__all__ = ["mailbox", "phone", "running_sandbox", "sandbox"]

_TABLES = ", ".join((*metadata.tables, "outbox", "inbox"))


@pytest.fixture(scope="session")
def notify_database(postgres: Postgres) -> Iterator[Database]:
    """The migrated database of the whole folder."""
    postgres.create_databases(["notify_handlers"])
    url = postgres.url("notify_handlers")
    migrate.upgrade("services.notify", url)
    database = Database(url, connections=12)
    yield database
    database.engine.dispose()


@pytest.fixture
def notify(notify_database: Database) -> Database:
    """An empty notify."""
    with notify_database.engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {_TABLES}"))
    return notify_database


@pytest.fixture
def post(notify: Database, sandbox: Sandbox, phone: str, mailbox: str) -> Post:
    """A notify that knows the office of Tarakan and one person, and delivers to the sandbox."""
    made = Post(database=notify, sandbox=sandbox, phone=phone, mailbox=mailbox)
    made.know_office()
    made.know_contact()
    return made
