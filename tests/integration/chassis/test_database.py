"""The chassis' database, used without a service."""

import pytest
import sqlalchemy
from sqlalchemy import text

from chassis.database import Database


def test_an_error_does_not_tell_the_values_of_its_statement(probe_database: str) -> None:
    """They can be names and addresses, and errors are logged and lie with parked events."""
    database = Database(probe_database)
    with pytest.raises(sqlalchemy.exc.DBAPIError) as failed, database.transaction() as tx:
        tx.execute(text("INSERT INTO no_such_table VALUES (:name)"), {"name": "Andi Wijaya"})
    assert "Andi" not in str(failed.value)
    assert "no_such_table" in str(failed.value)
