"""Changes of rows that wait for company: several tables in one statement.

    write ─▶ write ─▶ outbox ─▶ WITH write_0 AS (...), write_1 AS (...) INSERT INTO outbox ... RETURNING ...

PostgreSQL runs the parts of such a statement on one snapshot: none of them sees what another one changes, and
a row that two of them change is changed by one. So no two writes to one table are ever in one statement.

Source: PostgreSQL 15, "Data-Modifying Statements in WITH" (7.8.4).
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias

import sqlalchemy
from sqlalchemy import Delete, FromClause, Insert, Update

Change: TypeAlias = Insert | Update | Delete


class Writes:
    """The changes that wait, in their order."""

    def __init__(self) -> None:
        self._statements: list[Change] = []
        self._parameters: dict[str, Any] = {}

    def __bool__(self) -> bool:
        return bool(self._statements)

    def are_to(self, table: FromClause) -> bool:
        """Say whether one of them is to a table."""
        return any(statement.table is table for statement in self._statements)

    def add(self, statement: Change, parameters: Mapping[str, Any]) -> None:
        """Let one wait. Raises ValueError where another one calls something else by the same name."""
        for name, value in parameters.items():
            if self._parameters.setdefault(name, value) != value:
                raise ValueError(f"two writes of one statement differ in :{name}")
        self._statements.append(statement)

    def send(self, connection: sqlalchemy.Connection) -> sqlalchemy.CursorResult[Any]:
        """Make all changes that wait, of which there must be one; return the last one's result."""
        *others, last = self._statements
        parameters = self._parameters
        self._statements, self._parameters = [], {}
        return connection.execute(_together(tuple(others), last), parameters)


@lru_cache(maxsize=256)
def _together(others: tuple[Change, ...], last: Change) -> Change:
    """Write one statement; SQLAlchemy compiles it once, as it stays the same object."""
    return last.add_cte(*(other.cte(f"write_{number}") for number, other in enumerate(others)))
