"""The database of a service's handlers: made once for the tests of a folder, and emptied for each."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from chassis import migrate
from chassis.database import Database
from cli.servers.postgres import Postgres
from tests.servers import fresh_databases

_TABLES = """
    SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'alembic_version'
"""


@contextmanager
def service_database(postgres: Postgres, service: str, *, connections: int = 12) -> Iterator[Database]:
    """Migrate a database for `services.<service>`, with as many connections as its tests have threads."""
    with fresh_databases(postgres) as make:
        url = make(service)
        migrate.upgrade(f"services.{service}", url)
        database = Database(url, connections=connections)
        yield database
        database.engine.dispose()


def empty(database: Database) -> None:
    """Forget all that the service and its chassis have written down."""
    with database.engine.begin() as connection:
        connection.execute(
            text("SET LOCAL session_replication_role = replica")
        )  # the audit log refuses it else
        connection.execute(text(f"TRUNCATE {connection.execute(text(_TABLES)).scalar_one()}"))
