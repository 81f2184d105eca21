"""PostgreSQL, and the transaction in which a use case does its work.

psycopg 3 waits in C and would freeze eventlet's hub; PSYCOPG_WAIT_FUNC, read when psycopg is first
imported, makes it wait in a `select` that eventlet can switch on. This module is the only one that
imports psycopg's dialect, so it is the one place where that is set.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy

from chassis import outbox
from chassis.database_errors import tell_no_values
from chassis.publication import Publication
from chassis.writes import Change, Writes
from contracts.envelope import Envelope, enclose
from contracts.events import Event
from contracts.trace import new_traceparent

os.environ["PSYCOPG_WAIT_FUNC"] = "wait_select"


class Transaction:
    """One unit of work: its statements and its events take effect together, or not at all.

    `now` is the one time of the whole transaction (aware UTC). The connection is taken at the first
    statement, so what is slow and needs no database (hashing a password) comes before it.

    One for a batch of commands has the trace of each in `traces`, in their order.

    What is written last goes in one statement with the outbox's rows: each round trip less is a lock that is
    held for less long.
    """

    def __init__(
        self,
        connect: Callable[[], sqlalchemy.Connection],
        *,
        now: datetime,
        traceparent: str,
        causation_id: str | None,
    ) -> None:
        self.now = now
        self.traceparent = traceparent
        self.causation_id = causation_id
        self.traces: Sequence[str] = ()
        self._connect = connect
        self._connection: sqlalchemy.Connection | None = None
        self._writes = Writes()
        self._emitted: list[tuple[Event, str]] = []
        self._after_commit: list[Callable[[], None]] = []
        self._parts: list[Transaction] = []

    def part(self, cause: Envelope[Event]) -> "Transaction":
        """Begin a part of this unit of work that an event is the cause of; it takes effect with the whole."""
        part = Transaction(self._begun, now=self.now, traceparent=cause.traceparent, causation_id=cause.id)
        part._writes = self._writes
        self._parts.append(part)
        return part

    def execute(
        self,
        statement: sqlalchemy.Executable,
        parameters: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    ) -> sqlalchemy.CursorResult[Any]:
        """Run one SQL statement in this transaction."""
        return self.connection.execute(statement, parameters)

    def write(self, statement: Change, parameters: Mapping[str, Any]) -> None:
        """Change rows with the next statement, or with the commit; what it violates is raised there.

        It must not read what another write changes, and its parameters must not be named as columns are: in a
        statement of several writes SQLAlchemy would set such columns in all of them.
        """
        if self._writes.are_to(statement.table):
            self._writes.send(self._begun())
        self._writes.add(statement, parameters)

    @property
    def connection(self) -> sqlalchemy.Connection:
        """The transaction's connection, which has seen all that was written."""
        connection = self._begun()
        if self._writes:
            self._writes.send(connection)
        return connection

    def _begun(self) -> sqlalchemy.Connection:
        if self._connection is None:
            self._connection = self._connect()
        return self._connection

    def trace_of(self, at: int) -> str:
        """Return the trace of the command at a place in a batch; without a batch, the transaction's own."""
        return self.traces[at] if self.traces else self.traceparent

    def emit(self, event: Event, *, traceparent: str | None = None) -> None:
        """Say that something happened; nobody hears of it unless the transaction commits.

        It belongs to the transaction's trace unless another one is given.
        """
        self._emitted.append((event, traceparent or self.traceparent))

    def after_commit(self, call: Callable[[], None]) -> None:
        """Have something short called once the transaction has taken effect, such as a wake-up."""
        self._after_commit.append(call)

    @property
    def emitted(self) -> Sequence[Event]:
        """The events said so far, those of its parts after its own."""
        return tuple(event for unit in (self, *self._parts) for event, _ in unit._emitted)

    def commit(self) -> "Committed":
        """Make statements and durable events permanent; return what is to be published now."""
        units = [self, *self._parts]
        envelopes = [envelope for unit in units for envelope in unit._envelopes()]
        durable = [envelope for envelope in envelopes if envelope.data.durable]
        kept = outbox.append(self._begun(), durable, self._writes) if durable else []
        if self._writes:
            self._writes.send(self._begun())
        if self._connection is not None:
            self._connection.commit()
        return Committed(
            kept=kept,
            transient=[envelope for envelope in envelopes if not envelope.data.durable],
            calls=[call for unit in units for call in unit._after_commit],
        )

    def _envelopes(self) -> list[Envelope[Event]]:
        return [
            enclose(event, now=self.now, traceparent=traceparent, causation_id=self.causation_id)
            for event, traceparent in self._emitted
        ]

    def close(self) -> None:
        """Give the connection back; what was not committed is undone."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """What follows from a transaction that took effect: kept events, transient ones, and calls."""

    kept: Sequence[Publication]
    transient: Sequence[Envelope[Event]]
    calls: Sequence[Callable[[], None]] = ()


class Database:
    """One service's database; `on_commit`, when set, is told of every commit."""

    def __init__(self, url: str, *, connections: int = 10) -> None:
        self.engine = create_engine(url, connections=connections)
        self.on_commit: Callable[[Committed], None] | None = None

    def begin(
        self, *, now: datetime | None = None, traceparent: str | None = None, causation_id: str | None = None
    ) -> Transaction:
        """Begin a transaction that its owner commits through `finish` and always closes."""
        return Transaction(
            self.engine.connect,
            now=now or datetime.now(UTC),
            traceparent=traceparent or new_traceparent(),
            causation_id=causation_id,
        )

    def finish(self, transaction: Transaction) -> None:
        """Commit, and tell who waits for commits."""
        committed = transaction.commit()
        if self.on_commit is not None:
            self.on_commit(committed)
        for call in committed.calls:
            call()

    @contextmanager
    def transaction(
        self, *, now: datetime | None = None, traceparent: str | None = None, causation_id: str | None = None
    ) -> Iterator[Transaction]:
        """Work in a transaction: committed at the end of the block, undone when it raises."""
        transaction = self.begin(now=now, traceparent=traceparent, causation_id=causation_id)
        try:
            yield transaction
            self.finish(transaction)
        finally:
            transaction.close()


def create_engine(url: str, *, connections: int = 10) -> sqlalchemy.Engine:
    """Open a pool of at most `connections`; `url` may say postgres:// or postgresql://.

    An error that a statement raises does not tell values: they can be names and addresses, and errors are
    logged, lie with parked events and stand on screens.
    """
    parsed = sqlalchemy.make_url(url.replace("postgres://", "postgresql://", 1)).set(
        drivername="postgresql+psycopg"
    )
    engine = sqlalchemy.create_engine(
        parsed,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=10,
        pool_pre_ping=False,
        pool_recycle=1800,
        hide_parameters=True,
        connect_args={"application_name": "antrean", "connect_timeout": 5, "options": "-c timezone=UTC"},
    )
    tell_no_values(engine)
    return engine
