"""Notify's database, made once for all tests of this folder and emptied for each."""

from collections.abc import Iterator

import pytest

from chassis.database import Database
from cli.servers.postgres import Postgres
from tests.integration.notify.post import Post
from tests.integration.sandbox.provider import Sandbox, mailbox, phone, running_sandbox, sandbox
from tests.service_database import empty, service_database

__all__ = ["mailbox", "phone", "running_sandbox", "sandbox"]


@pytest.fixture(scope="session")
def notify_database(postgres: Postgres) -> Iterator[Database]:
    """The migrated database of the whole folder."""
    with service_database(postgres, "notify") as database:
        yield database


@pytest.fixture
def notify(notify_database: Database) -> Database:
    """An empty notify."""
    empty(notify_database)
    return notify_database


@pytest.fixture
def post(notify: Database, sandbox: Sandbox, phone: str, mailbox: str) -> Post:
    """A notify that knows the office of Tarakan and one person, and delivers to the sandbox."""
    made = Post(database=notify, sandbox=sandbox, phone=phone, mailbox=mailbox)
    made.know_office()
    made.know_contact()
    return made
