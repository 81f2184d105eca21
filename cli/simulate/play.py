"""The play: people come through the door while officers call them, until everybody was served.

door      book ahead ─▶ wait for one's time ─▶ scan, or take a ticket ─▶ sit down
counter   open ─▶ call ─▶ serve ─▶ finish ─▶ call …              nobody waits: look again
                    └─▶ nobody comes ─▶ recall ─▶ no-show
"""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cli.simulate.morning import SERVED_SECONDS, Visitor
from cli.simulate.office import Office, Refused

_LOOK_AGAIN_SECONDS = 1.0
_MORE_OF_THEM = "applicant_has_booking"
_TAKEN_OVER = frozenset(
    {
        *("counter_busy", "counter_closed", "counter_paused"),
        *("no_ticket_at_counter", "other_ticket_at_counter"),
    }
)
_NOT_BOOKABLE = frozenset(
    {"slot_full", "assistance_limit", _MORE_OF_THEM, "no_show_wait", "unknown_service_here"}
)


@dataclass(slots=True, kw_only=True)
class Tally:
    """What came of the morning; `waits` and `serving` are real seconds."""

    came: int = 0
    booked: int = 0
    served: int = 0
    absent: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    serving: list[float] = field(default_factory=list)

    def refuse(self, code: str) -> None:
        """Count somebody who could not be admitted."""
        self.refused[code] = self.refused.get(code, 0) + 1


async def choose_closed(office: Office, most: int, *, of: int) -> list[int]:
    """Return the first counters of an office where nobody sits, `most` at most."""
    closed: list[int] = []
    for counter in range(1, of + 1):
        if len(closed) < most and (await office.counter(counter))["state"] == "closed":
            closed.append(counter)
    return closed


class Play:
    """One morning at one office; `speed` office seconds pass in each real one."""

    def __init__(
        self,
        office: Office,
        visitors: Sequence[Visitor],
        *,
        speed: float,
        seed: int,
        say: Callable[[str], None],
    ) -> None:
        self.tally = Tally()
        self._office = office
        self._visitors = visitors
        self._speed = speed
        self._chance = random.Random(seed + 1)  # noqa: S311  a play, no secret
        self._say = say
        self._hall: dict[str, Visitor] = {}
        self._door_is_closed = False

    async def run(self, *, counters: Sequence[int], zone: str) -> None:
        """Play until everybody who came was called and these counters are closed again."""
        tickets = await self._book_ahead(zone)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._door(tickets))
            for counter in counters:
                tasks.create_task(self._counter(counter))

    async def _book_ahead(self, zone: str) -> dict[str, str]:
        tickets = {}
        for visitor in self._visitors:
            if visitor.has_booking:
                try:
                    tickets[visitor.nik] = await self._office.book(visitor, zone=zone)
                except Refused as refused:
                    if refused.code not in _NOT_BOOKABLE:
                        raise
        self.tally.booked = len(tickets)
        self._say(f"{len(tickets)} of {len(self._visitors)} people have a booking for the coming hour.")
        return tickets

    async def _door(self, tickets: dict[str, str]) -> None:
        begun = asyncio.get_running_loop().time()
        for visitor in self._visitors:
            come_at = begun + visitor.comes_at / self._speed
            await asyncio.sleep(max(0.0, come_at - asyncio.get_running_loop().time()))
            await self._enter(visitor, tickets.get(visitor.nik))
        self._door_is_closed = True
        self._say("Everybody has come.")

    async def _enter(self, visitor: Visitor, ticket: str | None) -> None:
        try:
            admitted = await (self._office.scan(ticket) if ticket else self._office.walk_in(visitor))
        except Refused as refused:
            self.tally.refuse(refused.code)
            self._say(f"{visitor.display_name} is not admitted: {refused}")
            return
        self.tally.came += 1
        self._hall[admitted["number"]] = visitor
        how = "with a booking" if ticket else "without booking"
        before = admitted["waiting_before"]
        self._say(f"{admitted['number']} {visitor.display_name} comes {how}; {before} wait before them.")

    async def _counter(self, counter: int) -> None:
        if (await self._office.counter(counter))["state"] == "closed":
            try:
                await self._work(counter)
            except Refused as refused:
                if refused.code not in _TAKEN_OVER:
                    raise
            else:
                self._say(f"Counter {counter} closes.")
                return
        self._say(f"Somebody else works at counter {counter} now; the play leaves it to them.")

    async def _work(self, counter: int) -> None:
        await self._office.at_counter(counter, "open")
        while (ticket := await self._call(counter)) is not None:
            await self._serve(counter, ticket)
        await self._office.at_counter(counter, "close")

    async def _call(self, counter: int) -> dict[str, Any] | None:
        """Call the next ticket; None once nobody comes any more."""
        while True:
            last_look = self._door_is_closed
            try:
                called = (await self._office.at_counter(counter, "call"))["ticket"]
            except Refused as refused:
                if refused.code != "queue_empty":
                    raise
                if last_look:
                    return None
                await asyncio.sleep(_LOOK_AGAIN_SECONDS)
                continue
            waited = _moment(called["called_at"]) - _moment(called["scanned_at"])
            self.tally.waits.append(waited)
            name = called["display_name"] or ""
            self._say(f"Counter {counter} calls {called['number']} {name}".rstrip() + ".")
            return dict(called)

    async def _serve(self, counter: int, ticket: dict[str, Any]) -> None:
        visitor = self._hall.get(ticket["number"])
        if visitor is not None and not visitor.answers:
            await self._miss(counter, ticket)
            return
        seconds = visitor.served_for if visitor else self._chance.uniform(0.5, 1.5) * SERVED_SECONDS
        self.tally.serving.append(seconds / self._speed)
        await asyncio.sleep(seconds / self._speed)
        await self._office.at_counter(counter, "finish", ticket_id=ticket["ticket_id"])
        self.tally.served += 1

    async def _miss(self, counter: int, ticket: dict[str, Any]) -> None:
        """Nobody comes: call once more, wait as long as the office asks, and go on."""
        again = await self._recall(counter)
        if again["absent_from"]:
            await _sleep_until(again["absent_from"])
        await self._office.at_counter(counter, "no-show", ticket_id=ticket["ticket_id"])
        self.tally.absent += 1
        self._say(f"{ticket['number']} did not come to counter {counter}.")

    async def _recall(self, counter: int) -> dict[str, Any]:
        """Call once more, as soon as the office lets the call be heard before."""
        try:
            called = await self._office.at_counter(counter, "recall")
        except Refused as refused:
            if refused.code != "recall_too_soon":
                raise
            await _sleep_until(refused.data["recall_from"])
            called = await self._office.at_counter(counter, "recall")
        return dict(called["ticket"])


async def _sleep_until(moment: str) -> None:
    await asyncio.sleep(max(0.0, _moment(moment) - datetime.now(UTC).timestamp()))


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
