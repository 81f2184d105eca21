"""How long a counter has a ticket before it, by service and step, from an office's own latest tickets.

    national prior ──┐
    the office's tempo over all services ──┴─▶ mean of a stage ◀── its own latest tickets

A stage is a step of a service's visit. A mean of few tickets is drawn towards what the office's other stages
say, and that towards the prior (empirical Bayes: the weight of a prior is told in tickets, as if it had been
seen so often).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, get_args

from contracts.hall import Step
from contracts.words import ServiceCode

NATIONAL_MINUTES: Mapping[ServiceCode, float] = {
    "new": 15.0,
    "renewal": 12.0,
    "epassport": 15.0,
    "replacement": 20.0,
    "collection": 5.0,
}
"""How long a ticket takes where nothing is known of the office: round numbers, for the first days alone."""

NATIONAL_STEP_MINUTES: Mapping[Step, float] = {
    "documents": 6.0,
    "biometrics": 8.0,
    "payment": 3.0,
    "collection": 5.0,
}
"""The same for a visit in steps, for every service alike; `service` is all of them in one."""

USUAL_VARIATION = 0.6
"""Standard deviation of a service time as a part of its mean, before there is anything better."""

TEMPO_WEIGHT = 10.0
STAGE_WEIGHT = 8.0
VARIATION_WEIGHT = 15.0

SHORTEST_SECONDS, LONGEST_SECONDS = 10.0, 5400.0
"""What is shorter or longer counts as this: a slip of the hand, and a ticket left at a counter over noon."""

LATEST_KEPT = 100
"""How many tickets of an office and a stage count: about a week of a small office, a day of a large one."""


class Stage(NamedTuple):
    """What people wait for: a service, at a step of its visit."""

    service: ServiceCode
    step: Step = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The moments of the latest service times of an office and a stage."""

    stage: Stage
    tickets: int
    mean_seconds: float
    variance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTime:
    """How long a ticket takes: mean and variance in seconds, and the variance of the mean itself."""

    mean_seconds: float
    variance: float
    variance_of_mean: float


def service_times(measured: Sequence[Measured]) -> Mapping[Stage, ServiceTime]:
    """Say for every stage how long a ticket takes at an office."""
    known = {one.stage: one for one in measured if one.tickets}
    tempo = _tempo(measured)
    return {stage: _service_time(stage, tempo, known.get(stage)) for stage in _STAGES}


def _tempo(measured: Sequence[Measured]) -> float:
    """Return how many times as long as the prior the office takes, over all of its services."""
    seen = sum(one.tickets for one in measured)
    ratios = sum(one.tickets * one.mean_seconds / _prior_seconds(one.stage) for one in measured)
    return (TEMPO_WEIGHT + ratios) / (TEMPO_WEIGHT + seen)


def _service_time(stage: Stage, tempo: float, own: Measured | None) -> ServiceTime:
    prior = _prior_seconds(stage) * tempo
    tickets = own.tickets if own else 0
    mean = (STAGE_WEIGHT * prior + (own.mean_seconds * tickets if own else 0)) / (STAGE_WEIGHT + tickets)
    variation = USUAL_VARIATION**2
    if own and own.mean_seconds:
        observed = own.variance / own.mean_seconds**2
        variation = (VARIATION_WEIGHT * variation + tickets * observed) / (VARIATION_WEIGHT + tickets)
    variance = variation * mean**2
    return ServiceTime(
        mean_seconds=mean, variance=variance, variance_of_mean=variance / (STAGE_WEIGHT + tickets)
    )


def _prior_seconds(stage: Stage) -> float:
    minutes = NATIONAL_STEP_MINUTES.get(stage.step)
    return (NATIONAL_MINUTES[stage.service] if minutes is None else minutes) * 60


_STAGES: Final = tuple(Stage(service, step) for service in NATIONAL_MINUTES for step in get_args(Step))
