"""Many who want places over HTTP in the same second: 64 clients who lose connections and ask again."""

import asyncio
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bench.http_load import post

CLIENTS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A person's wish for a slot under an idempotency key.

    `cut` says that the connection is lost once the answer begins, so the booking stands and nobody has read
    of it; then the client asks again.
    """

    person: str
    token: str
    slot_id: str
    key: str
    cut: bool = False

    def request(self) -> bytes:
        """Write the HTTP request."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": self.key}
        return post("/v1/bookings", json.dumps({"slot_id": self.slot_id}).encode(), headers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a client read."""

    wish: Wish
    status: int
    body: dict[str, Any]

    @property
    def outcome(self) -> str:
        """Return `booked`, or the code of the refusal."""
        return "booked" if self.status == 201 else str(self.body["code"])


def rush(port: int, wishes: Sequence[Wish]) -> list[Told]:
    """Send all wishes in this order, so many at a time as there are clients; return what was read."""
    return asyncio.run(_all_clients(port, iter(wishes)))


def crowd(people: Sequence[tuple[str, str]], slot_ids: Sequence[str], *, seed: int) -> list[Wish]:
    """Let each person (id, token) want one of the slots, all of them in disorder."""
    disorder = random.Random(seed)  # noqa: S311
    wishes = [
        Wish(person=person, token=token, slot_id=slot_ids[at % len(slot_ids)], key=f"rush-{person}")
        for at, (person, token) in enumerate(people)
    ]
    disorder.shuffle(wishes)
    return wishes


async def _all_clients(port: int, wishes: Iterator[Wish]) -> list[Told]:
    told: list[Told] = []
    async with asyncio.TaskGroup() as clients:
        for _ in range(CLIENTS):
            clients.create_task(_client(port, wishes, told))
    return told


async def _client(port: int, wishes: Iterator[Wish], told: list[Told]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for wish in wishes:
        if wish.cut:
            await _lose_answer(port, wish)
        writer.write(wish.request())
        status, body = await _read_answer(reader)
        told.append(Told(wish=wish, status=status, body=body))
    writer.close()
    await writer.wait_closed()


async def _lose_answer(port: int, wish: Wish) -> None:
    """Ask over a connection that is reset when the answer's first byte is there."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1)
    writer.write(wish.request())
    await reader.readexactly(1)
    writer.transport.abort()


async def _read_answer(reader: asyncio.StreamReader) -> tuple[int, dict[str, Any]]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(head.partition("content-length:")[2].partition("\r\n")[0])
    return int(head[9:12]), json.loads(await reader.readexactly(length))
