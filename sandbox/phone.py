"""The phone and the mailbox of everybody: what the providers took, newest last, and who watches."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import uuid_utils

from contracts.words import Channel

KEPT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One message as its reader sees it. `subject` is an e-mail's; `id` grows with time.

    `reference` is what the sender knows the message by: twice the same means that it was sent twice.
    """

    id: str
    channel: Channel
    to: str
    subject: str | None
    text: str
    reference: str | None
    received_at: datetime


class Phone:
    """Keeps the last messages in memory and tells the watchers of new ones."""

    def __init__(self) -> None:
        self._messages: deque[Received] = deque(maxlen=KEPT)
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
        self._messages.append(message)
        for watcher in self._watchers:
            watcher.put_nowait(message)

    def end(self) -> None:
        """Send the watchers away; the process is about to stop."""
        for watcher in self._watchers:
            watcher.put_nowait(None)

    def messages(self, *, after: str = "") -> list[Received]:
        """Return what came after a message's id, or everything that is kept; oldest first."""
        return [message for message in self._messages if message.id > after]

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
