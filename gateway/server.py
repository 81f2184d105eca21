"""The gateway process: the application, the operations port and the broker in one event loop."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import uvicorn

from chassis.garbage import collect_rarely
from contracts.events import (
    AvailabilityChanged,
    BoardChanged,
    CounterCalled,
    Event,
    OfficeChanged,
    SessionsRevoked,
)
from gateway.app import make_app
from gateway.at_once import Answerer, AtOnceProtocol
from gateway.auth import Authenticator
from gateway.availability import AvailabilityCopies
from gateway.boards import BoardHub
from gateway.broker.connection import BrokerConnection
from gateway.broker.requests import RequestClient
from gateway.broker.subscriptions import Subscription
from gateway.load_shedding import LoadShedding
from gateway.offices import OfficeDirectory
from gateway.ops import add_health_routes, make_ops_app
from gateway.quick_bookings import QuickBookings
from gateway.quick_reads import QuickReads
from gateway.revocations import RevokedSessions
from gateway.settings import GatewaySettings
from gateway.shared_reads import SharedReads
from gateway.snapshot import Snapshot

GRACE_SECONDS = 8
"""How long requests may take after a signal to stop."""


async def serve(settings: GatewaySettings, listeners: Sequence[socket.socket]) -> None:
    """Serve on two listening sockets, of the application and of operations, until a signal stops it."""
    client, directory = RequestClient(), OfficeDirectory()
    copies = AvailabilityCopies(client)
    backend = SharedReads(client, copies)
    hub = BoardHub(
        backend,
        most_streams=settings.most_streams,
        most_of_address=settings.most_streams_of_address,
    )
    revoked = RevokedSessions()
    authenticator = Authenticator(settings.access_keys, revoked)
    snapshot = Snapshot(client, directory, hub, revoked)

    async def resume() -> None:
        copies.doubt()
        await snapshot.take()

    handlers = _handlers(directory, copies, hub, revoked)
    broker = BrokerConnection(settings.amqp_url, [client, Subscription(handlers, resume)])
    app = make_app(
        settings, backend=backend, directory=directory, hub=hub, authenticator=authenticator, copies=copies
    )
    checks, told = {"offices": lambda: directory.loaded}, {"broker": lambda: broker.connected}
    add_health_routes(app, checks, told)
    at_once: list[Answerer] = [
        QuickReads(copies, secure=settings.secure),
        LoadShedding(client.overload, secure=settings.secure),
        QuickBookings(client.put, authenticator, secure=settings.secure),
    ]
    servers = [_Server(_config(app, at_once)), _Server(_config(make_ops_app(checks, told)))]
    _stop_on_signals(servers, hub)
    connecting = asyncio.create_task(broker.run())
    collect_rarely()
    try:
        async with asyncio.TaskGroup() as serving:
            for server, listener in zip(servers, listeners, strict=True):
                serving.create_task(server.serve(sockets=[listener]))
    finally:
        connecting.cancel()
        await asyncio.wait((connecting,))


def _handlers(
    directory: OfficeDirectory, copies: AvailabilityCopies, hub: BoardHub, revoked: RevokedSessions
) -> dict[type[Event], Callable[[Any], None]]:
    """Say who hears of which event."""

    def change_office(office: OfficeChanged) -> None:
        directory.apply(office)
        copies.forget_office(office)

    handlers: dict[type[Event], Callable[[Any], None]] = {
        AvailabilityChanged: copies.apply,
        BoardChanged: hub.publish,
        CounterCalled: hub.announce,
        OfficeChanged: change_office,
        SessionsRevoked: revoked.apply,
    }
    return handlers


def _stop_on_signals(servers: Sequence[uvicorn.Server], hub: BoardHub) -> None:
    """Take no more requests and end the streams, which would last for ever, when told to stop."""

    def stop() -> None:
        hub.close()
        for server in servers:
            server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop)


class _Server(uvicorn.Server):
    """uvicorn's server, which leaves signals to who runs two of it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def _config(app: Any, at_once: Sequence[Answerer] = ()) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=partial(AtOnceProtocol, answerers=at_once),  # type: ignore[arg-type]  # it is only called
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
