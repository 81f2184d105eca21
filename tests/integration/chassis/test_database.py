"""The chassis' database, used without a service."""

import traceback

import pytest
import sqlalchemy
from sqlalchemy import bindparam, column, insert, table, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from chassis import outbox
from chassis.database import Database
from chassis.database_errors import stands_against
from contracts.envelope import enclose
from tests.integration.chassis.probe import announcement

NAME = "Andi Wijaya"

_SAID = table("said", column("word"))
_EFFECT = table("effect", column("subject"))
_SAY = insert(_SAID).values(word=bindparam("word"))
_SAY_AGAIN = update(_SAID).values(word=bindparam("again"))
_TAKE_EFFECT = insert(_EFFECT).values(subject=bindparam("subject"))

CITIZEN = "CREATE TABLE citizen (name text UNIQUE, nik text NOT NULL CHECK (length(nik) < 9))"
FAILURES = [
    ("INSERT INTO no_such_table VALUES (:name)", NAME, 'SQLSTATE 42P01: relation "no_such_table"'),
    ("INSERT INTO citizen VALUES (:name, NULL)", NAME, 'SQLSTATE 23502: null value in column "nik"'),
    ("INSERT INTO citizen VALUES (:name, 'x'), (:name, 'y')", NAME, 'constraint "citizen_name_key"'),
    ("INSERT INTO citizen VALUES (:name, repeat('x', 9))", NAME, 'constraint "citizen_nik_check"'),
    (
        "SELECT CAST(:name AS text)::integer",
        NAME,
        "(psycopg.errors.InvalidTextRepresentation) SQLSTATE 22P02",
    ),
    ("SELECT CAST(:name AS text)", f"{NAME}\0", "(psycopg.DataError) data that the driver refused"),
]


def test_an_error_does_not_tell_values(probe_database: str) -> None:
    """They can be names and addresses, and errors are logged and lie with parked events.

    What went wrong is told all the same, down to the constraint.
    """
    database = Database(probe_database)
    with database.transaction() as tx:
        tx.execute(text(CITIZEN))
    for statement, name, told in FAILURES:
        with pytest.raises(DBAPIError) as failed, database.transaction() as tx:
            tx.execute(text(statement), {"name": name})
        assert told in str(failed.value)
        assert NAME not in "".join(traceback.format_exception(failed.value))


def test_the_constraint_that_stood_against_a_statement_is_known(probe_database: str) -> None:
    """By its name, whatever the language of the server's messages."""
    with pytest.raises(DBAPIError) as failed, Database(probe_database).transaction() as tx:
        tx.connection.exec_driver_sql(
            "CREATE TABLE one (word text CONSTRAINT short CHECK (length(word) < 9));"
            "INSERT INTO one VALUES ('much too long')"
        )
    assert stands_against(failed.value, "short")
    assert not stands_against(failed.value, "one")


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
    with pytest.raises(DBAPIError):
        commit("INSERT INTO no_such_table VALUES (1)")
    assert found == []


def test_what_is_written_last_goes_in_one_statement_with_the_events(probe_database: str) -> None:
    """Two tables and the outbox in one round trip; all of it takes effect, or nothing."""
    database = Database(probe_database)
    sent: list[str] = []
    sqlalchemy.event.listen(database.engine, "before_cursor_execute", lambda *told: sent.append(told[2]))
    with database.transaction() as tx:
        tx.write(_SAY, {"word": "HEY"})
        tx.write(_TAKE_EFFECT, {"subject": "TRK"})
        tx.emit(announcement("TRK", 1))
        assert sent == []
    (statement,) = sent
    assert statement.count("INSERT INTO") == 3
    assert _counts(database) == (1, 1, 1)
    second = database.begin()
    second.write(_SAY, {"word": "ONE"})
    second.write(_TAKE_EFFECT, {"subject": "TRK"})
    second.emit(announcement("TRK", 2))
    with database.transaction() as first:
        first.write(_SAY, {"word": "ONE"})
    with pytest.raises(IntegrityError):
        database.finish(second)
    second.close()
    assert _counts(database) == (2, 1, 1)


def test_the_next_statement_sees_what_was_written(probe_database: str) -> None:
    """Also a second write to the same table, and one of a part; a write alone is kept by the commit."""
    database = Database(probe_database)
    with database.transaction() as tx:
        tx.write(_SAY, {"word": "HEY"})
        assert tx.execute(text("SELECT count(*) FROM said")).scalar_one() == 1
        tx.write(_SAY, {"word": "HEY"})
        tx.write(_SAY_AGAIN, {"again": "YOU"})
        assert tx.execute(text("SELECT count(*) FROM said WHERE word = 'YOU'")).scalar_one() == 2
        cause = enclose(announcement("TRK", 1), now=tx.now, traceparent=tx.traceparent)
        tx.part(cause).write(_TAKE_EFFECT, {"subject": "TRK"})
        tx.part(cause).write(_TAKE_EFFECT, {"subject": "SKW"})
        assert tx.execute(text("SELECT count(*) FROM effect")).scalar_one() == 2
        tx.write(_SAY, {"word": "TOO"})
    assert _counts(database) == (3, 2, 0)


def test_two_writes_cannot_mean_different_things_by_one_name(probe_database: str) -> None:
    """They would become parameters of one statement."""
    with Database(probe_database).transaction() as tx:
        tx.write(_TAKE_EFFECT, {"subject": "TRK", "word": "HEY"})
        with pytest.raises(ValueError, match=":word"):
            tx.write(_SAY, {"word": "YOU"})


def _counts(database: Database) -> tuple[int, ...]:
    """Count the rows of both tables and of the outbox."""
    with database.transaction() as tx:
        return tuple(
            tx.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
            for table in ("said", "effect", "outbox")
        )


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
