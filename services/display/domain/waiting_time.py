"""How long who comes now will wait, as a range.

    who waits before ─┐
    open counters ────┼─▶ expected schedule ─▶ mean ─┐
    who is served ────┘   (each to the counter that   ├─▶ gamma, its 1st and 9th decile ─▶ the office's rhythm
                           is free first)  variance ──┘                                    ─▶ five minutes

The wait is a sum of service times, shared by the counters; a sum of them is near to a gamma distribution with
the same two moments, of which Wilson and Hilferty gave the quantiles in closed form (1931). So an estimate
takes microseconds, and no dice.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from contracts.hall import Step
from contracts.words import ServiceCode
from services.display.domain.rhythm import UNKNOWN, Rhythm
from services.display.domain.service_times import ServiceTime, Stage

CHANGEOVER_SECONDS = 40.0
"""From the end of a ticket to the next call, and from the call until its person is there."""

DAY_VARIATION = 0.15
"""How much a day differs from the days before, as a part of the wait: who works, who helps, what fails."""

DEVIATIONS = 1.6
"""How many standard deviations a range reaches to each side; ADR 46 has the measured coverage."""

STEP_MINUTES = 5
LONGEST_MINUTES = 480


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCounter:
    """An open counter with what it offers, and for how long it has had a ticket of which stage before it."""

    services: Sequence[ServiceCode]
    steps: Sequence[Step] = ("service",)
    serving: Stage | None = None
    busy_seconds: float = 0.0

    def offers(self, stage: Stage) -> bool:
        """Tell whether the counter calls for a stage."""
        return stage.service in self.services and stage.step in self.steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """An office at a moment: `line` has the stages for which people wait, in the order of calls."""

    line: Sequence[Stage]
    counters: Sequence[OpenCounter]
    times: Mapping[Stage, ServiceTime]
    rhythm: Rhythm = UNKNOWN
    second_of_day: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitRange:
    """From so many minutes to so many, in steps of five."""

    low_minutes: int
    high_minutes: int


@dataclass(slots=True)
class _Desk:
    """A counter in the expected schedule: when it is free, and the variance of that."""

    counter: OpenCounter
    free_at: float = 0.0
    variance: float = 0.0
    doubt: float = 0.0

    def take(self, time: ServiceTime) -> None:
        self.free_at += time.mean_seconds + CHANGEOVER_SECONDS
        self.variance += time.variance
        self.doubt += math.sqrt(time.variance_of_mean)


def wait_range(hall: Hall, stage: Stage) -> WaitRange | None:
    """Estimate how long somebody who joins the line now waits; None where no open counter offers it.

    None too when the line is longer than the office's day.
    """
    return wait_ranges(hall, (stage,)).get(stage)


def wait_ranges(hall: Hall, stages: Iterable[Stage]) -> Mapping[Stage, WaitRange]:
    """Estimate the waits for some stages; those that cannot be told are left out."""
    desks = [_desk(counter, hall.times) for counter in hall.counters]
    for waiting in hall.line:
        desk = _first_free(desks, waiting)
        if desk is not None:
            desk.take(hall.times[waiting])
    ranges = {stage: _range(hall, [desk for desk in desks if desk.counter.offers(stage)]) for stage in stages}
    return {stage: wait for stage, wait in ranges.items() if wait is not None}


def waits_in_line(hall: Hall) -> Sequence[WaitRange | None]:
    """Estimate how much longer each of the line waits, in its order: behind those before it, in one pass."""
    desks = [_desk(counter, hall.times) for counter in hall.counters]
    found = []
    for waiting in hall.line:
        found.append(_range(hall, [desk for desk in desks if desk.counter.offers(waiting)]))
        desk = _first_free(desks, waiting)
        if desk is not None:
            desk.take(hall.times[waiting])
    return found


def _range(hall: Hall, desks: Sequence[_Desk]) -> WaitRange | None:
    """Estimate the wait for the first of these counters to be free."""
    if not desks:
        return None
    mean = min(desk.free_at for desk in desks)
    if mean <= 0:
        return WaitRange(low_minutes=0, high_minutes=STEP_MINUTES)
    low, high = _quantiles(mean, _variance(mean, desks))
    clock = [hall.rhythm.clock_seconds(work, second_of_day=hall.second_of_day) for work in (low, high)]
    return _in_steps(*clock)


def _desk(counter: OpenCounter, times: Mapping[Stage, ServiceTime]) -> _Desk:
    """Return a counter with what is left of the ticket before it.

    Of a gamma-distributed time of variation v at first the rest is left, after long a mean of v * v * mean.
    """
    desk = _Desk(counter=counter)
    if counter.serving is not None:
        time = times[counter.serving]
        variation = time.variance / time.mean_seconds**2
        rest = max(time.mean_seconds - counter.busy_seconds * (1 - variation), time.mean_seconds * variation)
        desk.free_at = rest + CHANGEOVER_SECONDS / 2
        desk.variance = min(time.variance, rest**2)
    return desk


def _first_free(desks: Sequence[_Desk], stage: Stage) -> _Desk | None:
    offering = [desk for desk in desks if desk.counter.offers(stage)]
    return min(offering, key=lambda desk: desk.free_at, default=None)


def _variance(mean: float, desks: Sequence[_Desk]) -> float:
    """Return the variance of the wait: of the work, shared by the counters, of the means, and of the day."""
    count = len(desks)
    work = sum(desk.variance for desk in desks) / count**2
    doubt = (sum(desk.doubt for desk in desks) / count) ** 2
    return work + doubt + (DAY_VARIATION * mean) ** 2


def _quantiles(mean: float, variance: float) -> tuple[float, float]:
    """Return the low and the high quantile of the gamma distribution with these moments."""
    ninth = variance / mean**2 / 9
    low, high = (1 - ninth + sign * DEVIATIONS * math.sqrt(ninth) for sign in (-1, 1))
    return mean * max(low, 0.0) ** 3, mean * high**3


def _in_steps(low: float | None, high: float | None) -> WaitRange | None:
    """Round outwards; a range whose end is after the office's day ends with the day."""
    if low is None:
        return None
    step = STEP_MINUTES * 60
    low_minutes = int(low // step) * STEP_MINUTES
    high_minutes = LONGEST_MINUTES if high is None else math.ceil(high / step) * STEP_MINUTES
    return WaitRange(
        low_minutes=low_minutes,
        high_minutes=min(max(high_minutes, low_minutes + STEP_MINUTES), LONGEST_MINUTES),
    )
