"""What a nameko service class of ours declares: its settings and its transactions.

    class CheckinService:
        name = "checkin"
        settings_type = CheckinSettings
        settings = Settings()
        transactions = Transactions()

`Platform` is the one object of a process that holds database and relay; entrypoints and
dependencies share it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import eventlet
import nameko
from eventlet.event import Event as Signal
from eventlet.semaphore import Semaphore
from nameko.extensions import DependencyProvider, Entrypoint, SharedExtension
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from chassis import inbox, metrics, outbox
from chassis.database import Database, Transaction
from chassis.log import current_log_fields, get_logger
from chassis.precedence import Precedence
from chassis.relay import Relay
from chassis.settings import ServiceSettings

log = get_logger(__name__)

SETTINGS_KEY = "ANTREAN_SETTINGS"
_FORGET_SECONDS = 3600.0
_MEASURE_SECONDS = 2.0


class Platform(SharedExtension):
    """The database and the relay of this process, and whom both let go first.

    Whoever works on an event or a request holds one of the `turns` before a connection and a worker.
    Without them events hold connections and wait for workers, while requests hold workers and wait for
    connections.
    """

    settings: ServiceSettings
    database: Database
    relay: Relay
    turns: Semaphore
    precedence: Precedence

    def setup(self) -> None:
        """Open what the whole process shares; connections are made at their first use."""
        self.settings = nameko.config[SETTINGS_KEY]
        self.database = Database(
            self.settings.database_url,
            connections=self.settings.database_connections,
        )
        self.turns = Semaphore(self.settings.workers)
        self.precedence = Precedence()
        self.relay = Relay(self.database, self.settings.amqp_url, self.precedence)
        self.database.on_commit = self.relay.committed

    def start(self) -> None:
        """Begin to relay."""
        self.container.spawn_managed_thread(self.relay.loop.run)
        self.container.spawn_managed_thread(self._measure)
        self.container.spawn_managed_thread(self._forget_old_events)

    def stop(self) -> None:
        """Let the relay publish what was committed here, and end it: the entrypoints have stopped before."""
        self.relay.stop()

    def call(self, entrypoint: Entrypoint, *args: object) -> Any:
        """Run the service's method behind an entrypoint in a nameko worker; return or raise what it does."""
        done = Signal()

        def finished(_worker: object, result: Any, exc_info: Any) -> tuple[Any, Any]:
            if exc_info is None:
                done.send(result)
            else:
                done.send_exception(*exc_info)
            return result, exc_info

        self.container.spawn_worker(entrypoint, args, {}, current_log_fields(), handle_result=finished)
        return done.wait()

    def database_answers(self) -> bool:
        """Ask the database for a sign of life."""
        try:
            with self.database.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError as reason:
            log.warning("database_away", reason=str(reason))
            return False
        return True

    def wait_for_database(self) -> None:
        """Return when the database answers, after a short while at least: a full disk answers at once."""
        wait_seconds = 0.2
        eventlet.sleep(wait_seconds)
        while not self.database_answers():
            wait_seconds = min(2 * wait_seconds, 2.0)
            eventlet.sleep(wait_seconds)

    def _measure(self) -> None:
        """Keep the gauges of database and outbox true, also while the broker is away."""
        while True:
            try:
                with self.database.engine.connect() as connection:
                    waiting, oldest_seconds = outbox.state(connection)
            except SQLAlchemyError as reason:
                log.warning("database_away", reason=str(reason))
                metrics.DATABASE_CONNECTED.set(0)
            else:
                metrics.DATABASE_CONNECTED.set(1)
                metrics.OUTBOX_WAITING.set(waiting)
                metrics.OUTBOX_OLDEST_SECONDS.set(oldest_seconds)
            eventlet.sleep(_MEASURE_SECONDS)

    def _forget_old_events(self) -> None:
        while True:
            eventlet.sleep(_FORGET_SECONDS)
            try:
                with self.database.engine.begin() as connection:
                    inbox.forget_old(connection)
            except SQLAlchemyError as reason:
                log.warning("inbox_not_pruned", reason=str(reason))


class Settings(DependencyProvider):
    """Gives the service its settings."""

    def get_dependency(self, worker_ctx: object) -> ServiceSettings:
        """Return the settings that the process was started with."""
        return nameko.config[SETTINGS_KEY]  # type: ignore[no-any-return]


class Transactions(DependencyProvider):
    """Gives the service transactions of its own making, for work that no request or event began."""

    platform = Platform()

    def get_dependency(self, worker_ctx: object) -> Callable[[], AbstractContextManager[Transaction]]:
        """Return what opens a transaction: `with self.transactions() as tx`."""
        return self.platform.database.transaction
