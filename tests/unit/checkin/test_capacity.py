"""How many counters an hour needs: the simulated line, held against what is known of lines."""

import math
from random import Random
from time import perf_counter

import pytest
import simpy

from services.checkin.domain import capacity

GOAL = 30 * 60.0
EXPONENTIAL = tuple(max(1, round(-600 * math.log(1 - (at + 0.5) / 2_000))) for at in range(2_000))
"""Service times of ten minutes on average, as Erlang assumed them: exponential, by its quantiles."""
MEAN = sum(EXPONENTIAL) / len(EXPONENTIAL)


def test_two_counters_halve_the_wait_of_a_crowd() -> None:
    """Who comes at once, and takes equally long."""
    crowd, each = [0.0] * 100, [60.0] * 100
    one, two = (sum(capacity.waits(crowd, each, counters)) for counters in (1, 2))
    assert two == pytest.approx(one / 2, rel=0.02)


def test_the_counter_that_is_free_first_takes_the_next() -> None:
    """By hand: the third waits for the shorter of the first two."""
    assert capacity.waits([0.0, 0.0, 1.0, 2.0], [10.0, 4.0, 9.0, 1.0], 2) == [0.0, 0.0, 3.0, 8.0]


@pytest.mark.parametrize("counters", [1, 3, 8])
def test_it_is_the_same_line_as_simpys(counters: int) -> None:
    """Person by person, in a library whose whole work is simulation."""
    dice = Random(counters)  # noqa: S311  # a simulation, no secret
    arrivals, now = [], 0.0
    for _ in range(500):
        now += dice.expovariate(counters / 11)
        arrivals.append(now)
    durations = [dice.lognormvariate(2.2, 0.5) for _ in arrivals]
    ours = capacity.waits(arrivals, durations, counters)
    assert ours == pytest.approx(_waits_of_simpy(arrivals, durations, counters), abs=1e-6)


@pytest.mark.parametrize(("hourly", "counters"), [(4.5, 1), (9, 2), (15, 3), (20, 4), (42, 8)])
def test_waits_are_those_of_erlangs_formula(hourly: float, counters: int) -> None:
    """For exponential times, which are the only ones that the formula knows."""
    kept = capacity.kept_part(hourly, EXPONENTIAL, counters, GOAL)
    assert kept == pytest.approx(_erlang_c(hourly, counters), abs=0.04)


def test_more_people_never_need_fewer_counters() -> None:
    """Nor do they wait less: the dice are the same for all of them."""
    needs = [capacity.needed(float(hourly), EXPONENTIAL, 4, GOAL) for hourly in range(1, 60)]
    counters, kept = [need.counters for need in needs], [need.kept for need in needs]
    assert counters == sorted(counters)
    assert kept == sorted(kept, reverse=True)


def test_more_counters_never_keep_fewer_waits() -> None:
    """And those that are needed keep nine of ten, where one less does not."""
    kept = [capacity.kept_part(30.0, EXPONENTIAL, counters, GOAL) for counters in range(1, 10)]
    assert kept == sorted(kept)
    needed = capacity.needed(30.0, EXPONENTIAL, 1, GOAL).counters
    assert kept[needed - 2] < capacity.KEPT <= kept[needed - 1]


def test_a_line_that_only_grows_keeps_nothing() -> None:
    """More comes than the counters can do, and an hour without a counter keeps nobody's goal."""
    assert capacity.kept_part(13.0, EXPONENTIAL, 2, GOAL) == 0.0
    assert capacity.needed(1.0, EXPONENTIAL, 0, GOAL) == capacity.Need(counters=1, kept=0.0)


def test_a_question_takes_a_moment_and_has_one_answer() -> None:
    """Half a second at most, for the busiest hour; and the same again."""
    capacity.needed.cache_clear()
    begun = perf_counter()
    first = capacity.needed(300.0, EXPONENTIAL, 40, GOAL)
    assert perf_counter() - begun < 0.5
    capacity.needed.cache_clear()
    assert capacity.needed(300.0, EXPONENTIAL, 40, GOAL) == first


def _erlang_c(hourly: float, counters: int) -> float:
    """Return which part waits GOAL at most in M/M/c (Erlang, 1917)."""
    load = hourly * MEAN / 3600
    queued = load**counters / math.factorial(counters) * counters / (counters - load)
    waits = queued / (sum(load**k / math.factorial(k) for k in range(counters)) + queued)
    return 1 - waits * math.exp(-(counters - load) * GOAL / MEAN)


def _waits_of_simpy(arrivals: list[float], durations: list[float], counters: int) -> list[float]:
    world = simpy.Environment()
    free = simpy.Resource(world, capacity=counters)
    waited = [0.0] * len(arrivals)

    def person(at: int) -> simpy.events.ProcessGenerator:
        yield world.timeout(arrivals[at])
        with free.request() as turn:
            yield turn
            waited[at] = world.now - arrivals[at]
            yield world.timeout(durations[at])

    for at in range(len(arrivals)):
        world.process(person(at))
    world.run()
    return waited
