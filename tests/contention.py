"""Transactions that meet at a lock of the database, and what each of them came away with."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from threading import Barrier
from typing import TypeVar

from sqlalchemy import text

from chassis.database import Database, Transaction
from chassis.database_errors import came_second
from chassis.requests import ATTEMPTS
from contracts.refusals import Refused
from tests.processes import wait_until

T = TypeVar("T")
U = TypeVar("U")

_BLOCKED = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def at_once(calls: Sequence[Callable[[], T]]) -> list[T | Refused]:
    """Begin all calls at one moment, each in a thread; return results and refusals in the calls' order."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], T]) -> T | Refused:
        barrier.wait()
        try:
            return call()
        except Refused as refused:
            return refused

    with ThreadPoolExecutor(len(calls)) as threads:
        return list(threads.map(run, calls))


def decided_anew(call: Callable[[], T]) -> Callable[[], T]:
    """Let a call be tried as an entrypoint does: again where another transaction came first."""

    def attempt() -> T:
        for _ in range(ATTEMPTS - 1):
            try:
                return call()
            except Exception as error:
                if not came_second(error):
                    raise
        return call()

    return attempt


def overlap(
    database: Database,
    first: Callable[[Transaction], T],
    second: Callable[[], U],
    *,
    second_waits: bool,
    now: datetime,
) -> tuple[T, U]:
    """Work `first` in a transaction, and before it commits begin `second` in a thread; return both results.

    `now` is the first one's time. `second_waits` is what must be seen: that the second is held up until the
    first commits, or that it ends before.
    """
    with ThreadPoolExecutor(1) as thread, closing(database.begin(now=now)) as tx:
        result = first(tx)
        other = thread.submit(second)
        if second_waits:
            wait_until_blocked(database)
        else:
            other.result(timeout=15)
        database.finish(tx)
        return result, other.result(timeout=15)


def wait_until_blocked(database: Database) -> None:
    """Wait until some transaction of this database is held up by another one's lock."""
    wait_until(lambda: _count_blocked(database) > 0)


def _count_blocked(database: Database) -> int:
    with database.engine.connect() as connection:
        return int(connection.execute(_BLOCKED).scalar_one())
