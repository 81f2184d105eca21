"""Display's migrations make the tables that its code asks for."""

from collections.abc import Callable

from services.display.store import metadata
from tests import catalog


def test_migrations_make_the_declared_tables(database: Callable[[str], str]) -> None:
    """Columns, constraints and indexes are the same, by PostgreSQL's own description."""
    migrated = catalog.migrated("services.display", database("migrated"))
    assert migrated == catalog.declared(metadata, database("declared"))
