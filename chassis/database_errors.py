"""What the database's errors say, and what they mean.

PostgreSQL's error ──▶ class, SQLSTATE, primary message ──▶ log, parked events, screen
                └────▶ DETAIL, CONTEXT: nowhere, for they hold rows and keys
"""

import sqlalchemy
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DataError, DBAPIError

_AWAY_CLASSES = {"08", "53", "57"}
"""SQLSTATE classes of connection exception, insufficient resources, operator intervention (shutdown)."""
_CONFLICTS = {"40001", "40P01"}
"""SQLSTATE of a serialization failure and of a deadlock."""
_TAKEN = "23505"
"""SQLSTATE of a unique violation."""


class CameSecond(Exception):
    """Another transaction came first, which this one noticed by itself: no constraint stood against it."""


def tell_no_values(engine: sqlalchemy.Engine) -> None:
    """Let errors of an engine's statements name no value: it can be a name or an address.

    What went wrong with a datum (class 22) is told by its SQLSTATE alone: the message quotes the datum.

    Source: PostgreSQL 15, "Reporting errors within the server" (primary message, detail) and appendix A.
    """
    sqlalchemy.event.listen(engine, "handle_error", _forget_values)


def is_away(error: BaseException) -> bool:
    """Say whether an error means that the database can't be reached, rather than that a statement failed."""
    if isinstance(error, sqlalchemy.exc.TimeoutError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = _sqlstate(error.orig)
    return error.connection_invalidated or (
        isinstance(error, sqlalchemy.exc.OperationalError | sqlalchemy.exc.InterfaceError)
        and (state is None or state[:2] in _AWAY_CLASSES)
    )


def is_conflict(error: BaseException) -> bool:
    """Say whether a transaction was undone because another stood against it: it may be tried again."""
    return isinstance(error, DBAPIError) and _sqlstate(error.orig) in _CONFLICTS


def came_second(error: BaseException) -> bool:
    """Say whether another transaction came first: with what it left in sight this one may end otherwise."""
    if isinstance(error, CameSecond):
        return True
    return is_conflict(error) or (isinstance(error, DBAPIError) and _sqlstate(error.orig) == _TAKEN)


def stands_against(error: DBAPIError, constraint: str) -> bool:
    """Say whether it was this constraint that a statement violated."""
    return getattr(getattr(error.orig, "diag", None), "constraint_name", None) == constraint


def _forget_values(context: ExceptionContext) -> None:
    error = context.sqlalchemy_exception
    if not isinstance(error, DBAPIError) or error.orig is None:
        return
    original = error.orig
    original.args = (_told(error, original),)
    error.args = (f"({type(original).__module__}.{type(original).__name__}) {original}",)


def _told(error: DBAPIError, original: BaseException) -> str:
    """Return what may be told; what the driver itself says of connections stays."""
    state = _sqlstate(original)
    if isinstance(error, DataError):
        return f"SQLSTATE {state}" if state else "data that the driver refused"
    if state is None:
        return str(original)
    primary = getattr(getattr(original, "diag", None), "message_primary", None)
    return f"SQLSTATE {state}: {primary}" if primary else f"SQLSTATE {state}"


def _sqlstate(original: BaseException | None) -> str | None:
    state = getattr(original, "sqlstate", None)
    return state if isinstance(state, str) else None
