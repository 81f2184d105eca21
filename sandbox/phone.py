"""The phone and the mailbox of everybody: what the providers took, newest last, and who watches."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import uuid_utils

from contracts.words import Channel
from sandbox.kept import Kept
from sandbox.received import Received


class Phone:
    """Keeps the last messages and tells the watchers of new ones."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._watchers: set[asyncio.Queue[Received | None]] = set()

    def receive(
        self,
        channel: Channel,
        to: str,
        text: str,
        *,
        subject: str | None = None,
        reference: str | None = None,
    ) -> None:
        """Show a message."""
        message = Received(
            id=str(uuid_utils.uuid7()),
            channel=channel,
            to=to,
            subject=subject,
            text=text,
            reference=reference,
            received_at=datetime.now(UTC),
        )
        self._kept.add(message)
        for watcher in self._watchers:
            watcher.put_nowait(message)

    def end(self) -> None:
        """Send the watchers away; the process is about to stop."""
        for watcher in self._watchers:
            watcher.put_nowait(None)

    def messages(self, *, after: str = "") -> list[Received]:
        """Return what came after a message's id, or everything that is kept; oldest first."""
        return list(self._kept.after(after))

    async def watch(
        self, *, after: str | None, quiet_seconds: float = 15.0
    ) -> AsyncIterator[Received | None]:
        """Yield what came after `after` and then each new message; None after a quiet while."""
        queue: asyncio.Queue[Received | None] = asyncio.Queue()
        for missed in self.messages(after=after) if after is not None else ():
            queue.put_nowait(missed)
        self._watchers.add(queue)
        try:
            while True:
                try:
                    message = await asyncio.wait_for(queue.get(), quiet_seconds)
                except TimeoutError:
                    yield None
                    continue
                if message is None:
                    return
                yield message
        finally:
            self._watchers.discard(queue)
