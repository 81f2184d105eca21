"""How many counters an hour needs: a line simulated with the office's own service times.

    arrivals an hour ──▶ people at random, one line ──▶ the counter that is free first ──▶ waits in the goal
    service times ─────▶ drawn from those measured

The hour is played on and on until it is in its own balance: one that only just does with its counters hands
its line to the next hour, and must not look good for it. The dice are the same for every number of counters
and of people, so more people never wait less, and more counters never longer.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heapreplace
from random import Random

KEPT = 0.9
"""Which part of the waits is to be within the goal."""

PEOPLE = 6_000
_WARM_UP = 1_000
_SEED = 47
_MOST_COUNTERS = 99


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What an hour needs, and which part of its waits is kept with as many counters as it has."""

    counters: int
    kept: float


def waits(arrivals: Sequence[float], durations: Sequence[float], counters: int) -> list[float]:
    """Return how long each waits: served in the order of arrival, each by the counter that is free first."""
    free_at = [0.0] * counters
    heapify(free_at)
    waited = []
    for came, duration in zip(arrivals, durations, strict=True):
        begun = max(came, free_at[0])
        heapreplace(free_at, begun + duration)
        waited.append(begun - came)
    return waited


def kept_part(hourly: float, seconds: tuple[int, ...], counters: int, goal_seconds: float) -> float:
    """Return which part of the waits is within a goal at so many people an hour; 0 where the line only grows.

    `seconds` are the service times that were measured.
    """
    if counters <= _load(hourly, seconds):
        return 0.0
    steps, durations = _dice(seconds)
    arrivals = [at * 3600.0 / hourly for at in steps]
    settled = waits(arrivals, durations, counters)[_WARM_UP:]
    return sum(wait <= goal_seconds for wait in settled) / len(settled)


@lru_cache(maxsize=4096)
def needed(hourly: float, seconds: tuple[int, ...], counters: int, goal_seconds: float) -> Need:
    """Say how many counters keep KEPT of the waits within a goal, and what those that there are keep."""
    wanted = max(1, math.floor(_load(hourly, seconds)) + 1)
    while wanted < _MOST_COUNTERS and kept_part(hourly, seconds, wanted, goal_seconds) < KEPT:
        wanted += 1
    present = kept_part(hourly, seconds, counters, goal_seconds) if counters else 0.0
    return Need(counters=min(wanted, _MOST_COUNTERS), kept=present)


def _load(hourly: float, seconds: Sequence[int]) -> float:
    """Return how many counters are at work on average (in Erlang)."""
    return hourly * sum(seconds) / len(seconds) / 3600.0


@lru_cache(maxsize=8)
def _dice(seconds: tuple[int, ...]) -> tuple[list[float], list[float]]:
    """Roll once for an office: when people come, one a unit of time on average, and how long each takes."""
    dice = Random(_SEED)  # noqa: S311  # a simulation, no secret
    came, arrivals = 0.0, []
    for _ in range(PEOPLE):
        came += dice.expovariate(1.0)
        arrivals.append(came)
    return arrivals, [float(each) for each in dice.choices(seconds, k=PEOPLE)]
