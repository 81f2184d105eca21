"""The places of days in memory: each day asked for once, then kept up to date by events.

    reader ──▶ state ──▶ the copy's body, ready to send, and its ETag
                 │ no copy, or its life is over: one GetAvailability, however many wait for it
    booking ── AvailabilityChanged ──▶ apply ──▶ newer? replaces the copy, and begins its life anew

A copy lives LIFE_SECONDS after booking last told of the day, and never past the instant at which the clock
changes it. So a lost event, or a slot that was changed behind booking's back, is seen that much later, and
while the broker is away nobody is told anything older.
"""

import asyncio
from collections import OrderedDict
from dataclasses import fields
from datetime import UTC, datetime

import orjson

from contracts.events import AvailabilityChanged, OfficeChanged
from contracts.events.availability import SlotPlaces
from contracts.requests.availability import GetAvailability
from contracts.requests.booking import Slot, Slots
from gateway import metrics
from gateway.backend import Backend
from gateway.tagged import Tagged

LIFE_SECONDS = 2.0
"""How old a copy gets of which nothing is heard: the longest that a lost event is missed."""
_LEAST_SECONDS = 0.25
"""How long an answer is kept that was over when it was asked for: booking's clock is behind this one."""
MOST_COPIES = 4096
_LONGEST_ADDRESS = 120
"""Characters of an address that is remembered; those that people use have half of them."""
_NEVER = datetime.max.replace(tzinfo=UTC)


class DayState:
    """What is known of a day, and the answer of it, made once for everybody when the first one reads it."""

    __slots__ = ("_slots", "_tagged", "changed")

    def __init__(self, changed: AvailabilityChanged, before: "DayState | None" = None) -> None:
        self.changed = changed
        same = before is not None and _seen(before.changed) == _seen(changed)
        self._slots: Slots | None = before._slots if before is not None and same else None
        self._tagged: Tagged | None = before._tagged if before is not None and same else None

    @property
    def slots(self) -> Slots:
        """The answer as an object."""
        if self._slots is None:
            self._slots = _answer(self.changed)
        return self._slots

    @property
    def tagged(self) -> Tagged:
        """The answer as JSON with its ETag."""
        if self._tagged is None:
            self._tagged = Tagged.of(orjson.dumps(self.slots))
        return self._tagged

    def is_older_than(self, other: "DayState") -> bool:
        """Tell which was read first: of one version, the one that the clock changes sooner."""
        return _order(self.changed) < _order(other.changed)

    def seconds_left(self, now: datetime) -> float:
        """Return for how long this may be shown; nothing or less when the clock has changed it."""
        if self.changed.changes_at is None:
            return LIFE_SECONDS
        return min(LIFE_SECONDS, (self.changed.changes_at - now).total_seconds())


class _Copy:
    """One day's copy; `told_at` and `ends_at` bound its life, by the loop's clock."""

    __slots__ = ("asking", "ends_at", "state", "told_at")

    def __init__(self) -> None:
        self.state: DayState | None = None
        self.told_at = self.ends_at = 0.0
        self.asking: asyncio.Task[DayState] | None = None

    def live(self, state: DayState, seconds: float) -> None:
        """Keep a state, and begin a life of so many seconds."""
        now = asyncio.get_running_loop().time()
        if self.ends_at:
            metrics.AVAILABILITY_AGE_SECONDS.observe(now - self.told_at)
        self.state, self.told_at, self.ends_at = state, now, now + max(0.0, seconds)


class AvailabilityCopies:
    """The copies of all days that are read; the least recently read ones make room for others."""

    def __init__(self, services: Backend) -> None:
        self._services = services
        self._copies: OrderedDict[GetAvailability, _Copy] = OrderedDict()
        self._meant: dict[tuple[str, bytes], GetAvailability] = {}

    def meant_by(self, path: str, query: bytes) -> GetAvailability | None:
        """Return the day that an address asks for, if it was understood before."""
        return self._meant.get((path, query))

    def learn(self, path: str, query: bytes, day: GetAvailability) -> None:
        """Remember which day an address asks for, as long as addresses are short and not too many."""
        if len(path) + len(query) > _LONGEST_ADDRESS:
            return
        if len(self._meant) >= MOST_COPIES:
            self._meant.clear()
        self._meant[path, query] = day

    def ready(self, day: GetAvailability) -> DayState | None:
        """Return a copy that lives; None where booking must be asked."""
        copy = self._copies.get(day)
        if copy is None or copy.ends_at <= asyncio.get_running_loop().time():
            return None
        self._copies.move_to_end(day)
        metrics.AVAILABILITY_FROM_COPY.inc()
        return copy.state

    async def state(self, day: GetAvailability) -> DayState:
        """Return a copy that lives, or ask, once for all who want to know. Raises Refused."""
        ready = self.ready(day)
        if ready is not None:
            return ready
        metrics.AVAILABILITY_WAITED.inc()
        copy = self._copies.setdefault(day, _Copy())
        self._copies.move_to_end(day)
        if len(self._copies) > MOST_COPIES:
            self._copies.popitem(last=False)
        self._measure()
        if copy.asking is None or copy.asking.done():
            copy.asking = asyncio.create_task(self._ask(day, copy))
            copy.asking.add_done_callback(lambda asking: self._settle(day, copy, asking))
        # One asker who goes away must not take the answer from the others.
        return await asyncio.shield(copy.asking)

    def apply(self, changed: AvailabilityChanged) -> None:
        """Take in what booking tells of a day; days that nobody reads are not kept."""
        copy = self._copies.get(_day(changed))
        metrics.AVAILABILITY_EVENTS.labels("not_kept" if copy is None else _take(copy, changed)).inc()

    def forget_office(self, office: OfficeChanged) -> None:
        """Drop the copies of an office that may give out other slots, or none, from now on."""
        for day in [day for day in self._copies if day.office == office.office]:
            del self._copies[day]
        self._measure()

    def doubt(self) -> None:
        """Drop all copies: changes may have been missed. Who asks already waits for an answer to himself."""
        self._copies.clear()
        self._measure()

    async def _ask(self, day: GetAvailability, copy: _Copy) -> DayState:
        before, asked_at = copy.state, datetime.now(UTC)
        state = DayState(await self._services.ask(day), before)
        known = copy.state
        if known is not None and known is not before and state.is_older_than(known):
            state = known  # it was told meanwhile
        # What is not newer than `before`, though asked for after it, is of a database that counts anew.
        was_over = state.seconds_left(asked_at) <= 0
        copy.live(state, _LEAST_SECONDS if was_over else state.seconds_left(datetime.now(UTC)))
        return state

    def _settle(self, day: GetAvailability, copy: _Copy, asking: asyncio.Task[DayState]) -> None:
        """Keep no copy of what booking refuses to tell."""
        failed = asking.cancelled() or asking.exception() is not None
        if failed and self._copies.get(day) is copy:
            del self._copies[day]
            self._measure()

    def _measure(self) -> None:
        metrics.AVAILABILITY_COPIES.set(len(self._copies))


def _take(copy: _Copy, changed: AvailabilityChanged) -> str:
    """Keep what is told unless something newer is known; say what became of it."""
    state = DayState(changed, copy.state)
    if copy.state is not None and state.is_older_than(copy.state):
        return "older"
    if copy.ends_at:
        copy.live(state, state.seconds_left(datetime.now(UTC)))
    else:  # it is being asked for: whichever is newer will live
        copy.state = state
    return "taken"


def _day(changed: AvailabilityChanged) -> GetAvailability:
    return GetAvailability(office=changed.office, for_service=changed.service, date=changed.date)


def _answer(changed: AvailabilityChanged) -> Slots:
    """Answer what ListSlots answers to somebody who does not say where they set out."""
    return Slots(
        office=changed.office,
        service=changed.service,
        date=changed.date,
        slots=tuple(
            Slot(**{field.name: getattr(slot, field.name) for field in fields(SlotPlaces)})
            for slot in changed.slots
        ),
        prepaid_amount=changed.prepaid_amount,
        hold_minutes=changed.hold_minutes,
    )


def _seen(changed: AvailabilityChanged) -> tuple[object, ...]:
    return changed.slots, changed.prepaid_amount, changed.hold_minutes


def _order(changed: AvailabilityChanged) -> tuple[int, datetime]:
    return changed.version, changed.changes_at or _NEVER
