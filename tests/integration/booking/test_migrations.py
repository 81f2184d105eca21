"""The migrations of booking."""

from collections.abc import Callable

from services.booking.store import metadata
from tests import catalog


def test_migrations_make_the_tables_that_the_code_declares(database: Callable[[str], str]) -> None:
    """Columns, constraints and indexes are the same, as PostgreSQL tells them."""
    assert catalog.migrated("services.booking", database("booking")) == catalog.declared(
        metadata, database("booking")
    )
