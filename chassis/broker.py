"""Connections to RabbitMQ that come back quickly.

kombu's own back-off (2, 4, 6 … 30 s) makes a restarted broker look dead for half a minute; here a
connection is tried again after 0.2 s, then at most every second. py-amqp gives a silent network one
second (`TCP_USER_TIMEOUT`), which a short blip exceeds; 30 s outlives it, and heartbeats find the rest.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import eventlet
from eventlet.event import Event as Signal
from kombu import Connection

from chassis import metrics
from chassis.log import get_logger

log = get_logger(__name__)

_TRANSPORT = Connection("amqp://").get_transport_cls()

CHANNEL_ERRORS: tuple[type[Exception], ...] = _TRANSPORT.channel_errors
"""What the broker refuses on one channel, and closes it; the connection stays."""

HEARTBEAT_SECONDS = 10
_FIRST_WAIT_SECONDS = 0.2
_LONGEST_WAIT_SECONDS = 1.0
_POLL_SECONDS = 0.2
"""A service that is told to stop waits for so long: somebody may yet hand it a message."""


def connect(amqp_url: str) -> Connection:
    """Describe a connection; it is opened at its first use."""
    return Connection(
        amqp_url,
        heartbeat=HEARTBEAT_SECONDS,
        connect_timeout=5,
        transport_options={
            "socket_settings": {socket.TCP_USER_TIMEOUT: 30_000, socket.TCP_NODELAY: 1},
            "read_timeout": 30,
            "write_timeout": 30,
        },
    )


class Broken(Exception):
    """The connection to the broker is gone; open another."""


class BrokerLoop:
    """One connection to the broker that is opened again whenever it breaks.

    `work(connection)` is called with each open connection and runs until `stopping` or until the
    connection breaks; it says `ready()` when its queues are declared and it consumes or publishes.
    """

    def __init__(self, amqp_url: str, part: str, work: Callable[[Connection], None]) -> None:
        self.stopping = False
        self.connected = False
        self._amqp_url = amqp_url
        self._part = part
        self._work = work
        self._ended = Signal()

    def run(self) -> None:
        """Keep the connection and do its work until `stop`."""
        try:
            self._keep_connection()
        finally:
            self._ended.send()

    def ready(self) -> None:
        """Say that the part does its work on the present connection."""
        self._set_connected(True)

    def stop(self) -> None:
        """Let the work end at its next look at `stopping`."""
        self.stopping = True

    def wait_for_end(self) -> None:
        """Return when `run` has ended, and nothing more comes over the connection."""
        self._ended.wait()

    def drain(self, connection: Connection) -> None:
        """Hand arriving messages to their consumers for a short while; then heartbeats get their turn."""
        try:
            connection.drain_events(timeout=_POLL_SECONDS)
        except TimeoutError:
            connection.heartbeat_check()

    def tend(self, connection: Connection) -> None:
        """Read what has arrived without waiting (confirms, a closed socket); keep the heartbeat."""
        try:
            while True:
                connection.drain_events(timeout=0)
        except TimeoutError:
            connection.heartbeat_check()

    def _keep_connection(self) -> None:
        wait_seconds = _FIRST_WAIT_SECONDS
        while not self.stopping:
            try:
                with broken_means_broken(), connect(self._amqp_url) as connection:
                    never_read_to_publish(connection)
                    wait_seconds = _FIRST_WAIT_SECONDS
                    self._work(connection)
            except Broken as reason:
                if not self.stopping:
                    log.warning("broker_connection_lost", part=self._part, reason=str(reason.__cause__))
                    eventlet.sleep(wait_seconds)
                    wait_seconds = min(2 * wait_seconds, _LONGEST_WAIT_SECONDS)
            finally:
                self._set_connected(False)

    def _set_connected(self, connected: bool) -> None:
        self.connected = connected
        metrics.BROKER_CONNECTED.labels(self._part).set(connected)


def never_read_to_publish(connection: Connection) -> None:
    """Open a connection on which publishing only writes.

    py-amqp looks for a `connection.blocked` notice before every publish. Where one greenlet publishes
    while another reads, the two would tear each other's frames apart.
    """
    connection.connect()
    connection.connection.client_properties["capabilities"]["connection.blocked"] = False


@contextmanager
def written_together(connection: Connection) -> Iterator[None]:
    """Send in one go what is written to a connection meanwhile; py-amqp sends every message by itself.

    Nobody else may use the connection meanwhile.
    """
    transport = connection.connection.transport
    send, frames = transport._write, []
    transport._write = lambda frame: frames.append(bytes(frame))
    try:
        yield
    finally:
        transport._write = send
    if frames:
        transport.write(b"".join(frames))


@contextmanager
def broken_means_broken() -> Iterator[None]:
    """Turn every way in which py-amqp and sockets say "the connection is gone" into Broken."""
    try:
        yield
    except (*_TRANSPORT.connection_errors, *CHANNEL_ERRORS, eventlet.Timeout) as reason:
        raise Broken from reason
