"""After each connection to the broker: ask for what events would have told meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable

from chassis.log import get_logger
from contracts.refusals import Refused
from contracts.requests.accounts import ListRevocations
from contracts.requests.booking import ListOffices
from gateway.backend import Backend
from gateway.boards import BoardHub
from gateway.offices import OfficeDirectory
from gateway.revocations import RevokedSessions

_FIRST_WAIT_SECONDS = 0.25
_LONGEST_WAIT_SECONDS = 4.0

log = get_logger(__name__)


class Snapshot:
    """Brings offices, boards and ended sessions in memory up to date, however long the services take."""

    def __init__(
        self, backend: Backend, directory: OfficeDirectory, hub: BoardHub, revoked: RevokedSessions
    ) -> None:
        self._backend = backend
        self._directory = directory
        self._hub = hub
        self._revoked = revoked

    async def take(self) -> None:
        """Return when all are up to date; none waits for another."""
        self._hub.doubt()
        await asyncio.gather(
            _until_answered(self._load_offices),
            _until_answered(self._load_revocations),
            _until_answered(self._hub.ask_doubted),
        )

    async def _load_offices(self) -> None:
        answer = await self._backend.ask(ListOffices())
        self._directory.load(answer.offices)
        log.info("offices_loaded", offices=len(answer.offices))

    async def _load_revocations(self) -> None:
        self._revoked.load((await self._backend.ask(ListRevocations())).revocations)


async def _until_answered(ask: Callable[[], Awaitable[None]]) -> None:
    wait_seconds = _FIRST_WAIT_SECONDS
    while True:
        try:
            return await ask()
        except Refused as refused:
            log.info("snapshot_not_answered", code=refused.code, retry_seconds=wait_seconds)
        await asyncio.sleep(wait_seconds)
        wait_seconds = min(2 * wait_seconds, _LONGEST_WAIT_SECONDS)
