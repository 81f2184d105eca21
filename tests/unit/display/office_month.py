"""A month of an office, simulated: appointments and walk-ins, counters that open late, break and close.

What the estimate is told is what display hears; how long it really takes is drawn from distributions that it
does not know. Every person who comes is told a range, and remembers what it came to.
"""

import math
import random
from collections import deque
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import simpy

from contracts.words import ServiceCode
from services.display.domain.rhythm import SLOT_SECONDS, SLOTS_A_DAY, Rhythm
from services.display.domain.service_times import LATEST_KEPT, Measured, Stage, service_times
from services.display.domain.waiting_time import Hall, OpenCounter, WaitRange, wait_range, waits_in_line

HOUR = 3600.0
OPENS, NOON, BACK, SHUTS = 8 * HOUR, 12 * HOUR, 13 * HOUR, 16 * HOUR
LOOKS = 600.0
"""How often the simulated office writes down how many of its counters are open."""


@dataclass(frozen=True, kw_only=True)
class Office:
    """How large an office is, and how long its services really take, as (share, mean minutes, variation)."""

    counters: int
    appointments: int
    walk_ins: int
    services: Mapping[ServiceCode, tuple[float, float, float]]
    days: int = 20


@dataclass(kw_only=True)
class Person:
    """Somebody who waits: their turn decides the order."""

    service: ServiceCode
    turn_at: float
    came_at: float
    told: WaitRange | None = None
    still: list[tuple[WaitRange, float]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A range that somebody was told, and how long they waited, in minutes."""

    told: WaitRange
    waited: float

    @property
    def is_kept(self) -> bool:
        """Whether the wait was within the range."""
        return self.told.low_minutes <= self.waited <= self.told.high_minutes


@dataclass
class Month:
    """The office at work; `outcomes` is what came of what people were told.

    `still` is what came of what they were told while they waited, every ten minutes.
    """

    office: Office
    seed: int
    outcomes: list[Outcome] = field(default_factory=list)
    still: list[Outcome] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)  # noqa: S311  # dice of a simulation
        self.line: list[Person] = []
        self.serving: dict[int, tuple[ServiceCode, float] | None] = {}
        self.measured: dict[ServiceCode, deque[float]] = {
            one: deque(maxlen=LATEST_KEPT) for one in self.office.services
        }
        self.open_seen = [[0.0, 0] for _ in range(SLOTS_A_DAY)]

    def run(self) -> "Month":
        """Simulate every day of the month."""
        for _ in range(self.office.days):
            self._day()
        return self

    def _day(self) -> None:
        self.clock = simpy.Environment(initial_time=OPENS - HOUR)
        self.somebody = self.clock.event()
        self.line, self.serving = [], {}
        self.pace = self.dice.lognormvariate(0, 0.08)
        for number in range(self.office.counters):
            self.clock.process(self._counter(number))
        for person in self._people():
            self.clock.process(self._arrival(person))
        self.clock.process(self._watch())
        self.clock.run(until=SHUTS + 3 * HOUR)

    def _people(self) -> Iterator[Person]:
        """Draw the day's people: most of the booked come, some minutes early; others walk in."""
        codes = list(self.office.services)
        shares = [share for share, *_ in self.office.services.values()]
        hours = (BACK - NOON, SHUTS - OPENS - (BACK - NOON))
        for place in range(self.office.appointments):
            if self.dice.random() < 0.12:
                continue
            worked = place / self.office.appointments * hours[1]
            starts_at = OPENS + math.floor(worked / 1800) * 1800
            starts_at += hours[0] if starts_at >= NOON else 0
            early = self.dice.gauss(15, 10) * 60
            (service,) = self.dice.choices(codes, shares)
            favour = 900 if self.dice.random() < 0.08 else 0
            came_at = max(starts_at - early, OPENS - 1800)
            turn_at = (starts_at if came_at < starts_at + 900 else came_at) - favour
            yield Person(service=service, turn_at=turn_at, came_at=came_at)
        for _ in range(self.office.walk_ins):
            came_at = OPENS + self.dice.betavariate(1.2, 2.2) * (SHUTS - OPENS - HOUR)
            (service,) = self.dice.choices(codes, shares)
            yield Person(service=service, turn_at=came_at + 900, came_at=came_at)

    def _arrival(self, person: Person) -> Generator[Any, Any, None]:
        yield self.clock.timeout(person.came_at - self.clock.now)
        person.told = wait_range(self.hall(), Stage(person.service))
        self.line.append(person)
        waiting, self.somebody = self.somebody, self.clock.event()
        waiting.succeed()

    def _counter(self, number: int) -> Generator[Any, Any, None]:
        """Open late, close for noon and now and then, end with the day: always after the ticket in hand."""
        yield self.clock.timeout(OPENS + self.dice.expovariate(1 / 240) - self.clock.now)
        skill = self.dice.lognormvariate(0, 0.1)
        breaks = self._breaks(number)
        offered = self._offered(number)
        while True:
            if breaks and self.clock.now >= breaks[0][0]:
                self.serving.pop(number, None)
                yield self.clock.timeout(max(breaks.pop(0)[1] - self.clock.now, 0))
                continue
            self.serving[number] = None
            person = self._next(offered)
            if person is None:
                until = breaks[0][0] - self.clock.now if breaks else HOUR
                yield self.somebody | self.clock.timeout(max(until, 1))
                continue
            yield from self._serve(number, person, skill)

    def _serve(self, number: int, person: Person, skill: float) -> Generator[Any, Any, None]:
        self.line.remove(person)
        if person.told is not None:
            waited = (self.clock.now - person.came_at) / 60
            self.outcomes.append(Outcome(told=person.told, waited=waited))
        self.still += [Outcome(told=told, waited=(self.clock.now - at) / 60) for told, at in person.still]
        self.serving[number] = (person.service, self.clock.now)
        _, mean, variation = self.office.services[person.service]
        sigma = math.sqrt(math.log(1 + variation**2))
        took = 60 * mean * self.pace * skill * self.dice.lognormvariate(-(sigma**2) / 2, sigma)
        yield self.clock.timeout(took)
        self.measured[person.service].append(took)
        self.serving[number] = None
        yield self.clock.timeout(self.dice.uniform(10, 60))

    def _next(self, offered: tuple[ServiceCode, ...]) -> Person | None:
        mine = [person for person in self.line if person.service in offered]
        return min(mine, key=lambda person: (person.turn_at, person.came_at), default=None)

    def _breaks(self, number: int) -> list[tuple[float, float]]:
        """Say when a counter is shut: noon, and on some days half an hour of an officer's other work."""
        breaks = [(NOON, BACK + self.dice.uniform(0, 240))]
        if number and self.dice.random() < 0.25:
            begins = self.dice.choice((9, 10, 11, 14)) * HOUR + self.dice.uniform(0, HOUR / 2)
            breaks.append((begins, begins + HOUR / 2))
        return sorted(breaks)

    def _offered(self, number: int) -> tuple[ServiceCode, ...]:
        """Let the last of many counters give out passports alone, and the others do all else."""
        codes = tuple(self.office.services)
        if self.office.counters < 4 or "collection" not in codes:
            return codes
        is_last = number == self.office.counters - 1
        return tuple(code for code in codes if (code == "collection") == is_last)

    def hall(self) -> Hall:
        """Return what display knows now."""
        counters = [
            OpenCounter(
                services=self._offered(number),
                serving=Stage(at[0]) if at else None,
                busy_seconds=self.clock.now - at[1] if at else 0.0,
            )
            for number, at in self.serving.items()
        ]
        return Hall(
            line=[Stage(person.service) for person in self._in_order()],
            counters=counters,
            times=service_times([_moments(service, seen) for service, seen in self.measured.items()]),
            rhythm=self._rhythm(),
            second_of_day=self.clock.now,
        )

    def _in_order(self) -> list[Person]:
        return sorted(self.line, key=lambda person: person.turn_at)

    def _ask_in_line(self) -> None:
        """Have everybody in line look at their phone."""
        for person, wait in zip(self._in_order(), waits_in_line(self.hall()), strict=True):
            if wait is not None:
                person.still.append((wait, self.clock.now))

    def _rhythm(self) -> Rhythm:
        if not any(looks for _, looks in self.open_seen):
            return Rhythm()
        return Rhythm(counters=[total / looks if looks else 0.0 for total, looks in self.open_seen])

    def _watch(self) -> Generator[Any, Any, None]:
        """Write down the open counters through the day; it counts from the next day on."""
        seen: list[tuple[int, int]] = []
        while self.clock.now < SHUTS + HOUR:
            yield self.clock.timeout(LOOKS)
            seen.append((int(self.clock.now // SLOT_SECONDS), len(self.serving)))
            self._ask_in_line()
        for slot, counters in seen:
            self.open_seen[slot][0] += counters
            self.open_seen[slot][1] += 1


def _moments(service: ServiceCode, seen: deque[float]) -> Measured:
    if not seen:
        return Measured(stage=Stage(service), tickets=0, mean_seconds=0.0, variance=0.0)
    mean = sum(seen) / len(seen)
    variance = sum((one - mean) ** 2 for one in seen) / len(seen)
    return Measured(stage=Stage(service), tickets=len(seen), mean_seconds=mean, variance=variance)
