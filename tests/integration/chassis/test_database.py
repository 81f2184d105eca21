"""The chassis' database, used without a service."""

import pytest
import sqlalchemy
from sqlalchemy import text

from chassis import outbox
from chassis.database import Database
from tests.integration.chassis.probe import announcement


def test_an_error_does_not_tell_the_values_of_its_statement(probe_database: str) -> None:
    """They can be names and addresses, and errors are logged and lie with parked events."""
    database = Database(probe_database)
    with pytest.raises(sqlalchemy.exc.DBAPIError) as failed, database.transaction() as tx:
        tx.execute(text("INSERT INTO no_such_table VALUES (:name)"), {"name": "Andi Wijaya"})
    assert "Andi" not in str(failed.value)
    assert "no_such_table" in str(failed.value)


def test_what_waits_for_a_commit_is_called_after_it_and_only_then(probe_database: str) -> None:
    """Whoever is woken finds the rows; a transaction that is undone wakes nobody."""
    database = Database(probe_database)
    found: list[int] = []

    def look() -> None:
        with database.transaction() as other:
            found.append(other.execute(text("SELECT count(*) FROM said")).scalar_one())

    def commit(statement: str) -> None:
        with database.transaction() as tx:
            tx.after_commit(look)
            tx.execute(text(statement))
            assert found == []

    commit("INSERT INTO said VALUES ('TRK')")
    assert found == [1]
    found.clear()
    with pytest.raises(sqlalchemy.exc.DBAPIError):
        commit("INSERT INTO no_such_table VALUES (1)")
    assert found == []


def test_what_another_relay_has_taken_is_its_own_to_forget(probe_database: str) -> None:
    """Nobody waits for its lock: it may hang."""
    database = Database(probe_database)
    with database.transaction() as tx:
        for version in (1, 2):
            tx.emit(announcement("TRK", version))
    with database.engine.connect() as another, database.engine.begin() as connection:
        (taken,) = outbox.take(another, 1, least_age_seconds=0, in_hand=())
        outbox.delete(connection, [taken.key, taken.key + 1])
        assert outbox.state(connection)[0] == 1
