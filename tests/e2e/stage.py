"""The gateway's real application with its pages, on a port of its own, in front of scripted services."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from unittest import mock

from playwright.sync_api import Page

from cli.servers.ports import free_port
from contracts.events import BoardChanged, CounterCalled
from gateway.app import make_app
from gateway.auth import SESSION_COOKIE
from gateway.boards import BoardHub
from gateway.offices import OfficeDirectory
from gateway.pages.citizen import wallet
from gateway.settings import GatewaySettings
from tests.e2e.samples import offices, role_of
from tests.e2e.scripted import ScriptedBackend
from tests.serving import served


class Stage:
    """A running site; `backend` says what the services answer, the rest is what happens in a hall."""

    def __init__(self, clips: Path | None = None) -> None:
        self._clips = clips
        self.backend = ScriptedBackend()
        self.port = free_port()
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stopping = asyncio.Event()
        self._thread = threading.Thread(target=self._run)

    @property
    def url(self) -> str:
        """The site's address."""
        return f"http://127.0.0.1:{self.port}"

    def publish(self, board: BoardChanged) -> None:
        """Put a new state on a hall's board."""
        self._loop.call_soon_threadsafe(self._hub.publish, board)

    def announce(self, called: CounterCalled) -> None:
        """Let a counter call, as check-in tells it."""
        self._loop.call_soon_threadsafe(self._hub.announce, called)

    def sign_in(self, page: Page, login: str, *, office: str = "TRK") -> None:
        """Let a tab be signed in, for tests that are about what comes after the sign-in page."""
        session = self.backend.session(role_of(login), of_office=office)
        page.context.add_cookies([{"name": SESSION_COOKIE, "value": session.token, "url": self.url}])

    def start(self) -> None:
        """Serve, and return once requests are answered."""
        self._thread.start()
        assert self._ready.wait(60)

    def stop(self) -> None:
        """End every stream and the server."""
        self._loop.call_soon_threadsafe(self._hub.close)
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        directory = OfficeDirectory()
        directory.load(offices())
        self._hub = BoardHub(self.backend, most_streams=50)
        settings = GatewaySettings(
            amqp_url="amqp://nowhere",
            access_keys=self.backend.key.public(),
            port=self.port,
            public_url=self.url,
            clips_folder=self._clips,
        )
        app = make_app(settings, backend=self.backend, directory=directory, hub=self._hub)
        async with served(app, port=self.port):
            self._ready.set()
            await self._stopping.wait()


@contextmanager
def running_stage(clips: Path | None = None) -> Iterator[Stage]:
    """Serve a site for as long as the block lasts; `clips` is the folder of recorded calls.

    The days of its bookings are fixed and a browser's clock is not: no phone finds its copies too old.
    """
    stage = Stage(clips)
    with mock.patch.object(wallet, "KEPT_AFTERWARDS", timedelta(days=36_500)):
        stage.start()
        try:
            yield stage
        finally:
            stage.stop()
