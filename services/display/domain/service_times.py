"""How long a counter has a ticket before it, by service, from an office's own latest tickets.

    national prior ──┐
    the office's tempo over all services ──┴─▶ mean of a service ◀── its own latest tickets

A mean of few tickets is drawn towards what the office's other services say, and that towards the prior
(empirical Bayes: the weight of a prior is told in tickets, as if it had been seen so often).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from contracts.words import ServiceCode

NATIONAL_MINUTES: Mapping[ServiceCode, float] = {
    "new": 15.0,
    "renewal": 12.0,
    "epassport": 15.0,
    "replacement": 20.0,
    "collection": 5.0,
}
"""How long a ticket takes where nothing is known of the office: round numbers, for the first days alone."""

USUAL_VARIATION = 0.6
"""Standard deviation of a service time as a part of its mean, before there is anything better."""

TEMPO_WEIGHT = 10.0
SERVICE_WEIGHT = 8.0
VARIATION_WEIGHT = 15.0

SHORTEST_SECONDS, LONGEST_SECONDS = 10.0, 5400.0
"""What is shorter or longer counts as this: a slip of the hand, and a ticket left at a counter over noon."""

LATEST_KEPT = 100
"""How many tickets of an office and a service count: about a week of a small office, a day of a large one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The moments of the latest service times of an office and a service."""

    service: ServiceCode
    tickets: int
    mean_seconds: float
    variance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTime:
    """How long a ticket takes: mean and variance in seconds, and the variance of the mean itself."""

    mean_seconds: float
    variance: float
    variance_of_mean: float


def service_times(measured: Sequence[Measured]) -> Mapping[ServiceCode, ServiceTime]:
    """Say for every service how long a ticket takes at an office."""
    known = {one.service: one for one in measured if one.tickets}
    tempo = _tempo(measured)
    return {service: _service_time(service, tempo, known.get(service)) for service in NATIONAL_MINUTES}


def _tempo(measured: Sequence[Measured]) -> float:
    """Return how many times as long as the prior the office takes, over all of its services."""
    seen = sum(one.tickets for one in measured)
    ratios = sum(one.tickets * one.mean_seconds / _prior_seconds(one.service) for one in measured)
    return (TEMPO_WEIGHT + ratios) / (TEMPO_WEIGHT + seen)


def _service_time(service: ServiceCode, tempo: float, own: Measured | None) -> ServiceTime:
    prior = _prior_seconds(service) * tempo
    tickets = own.tickets if own else 0
    mean = (SERVICE_WEIGHT * prior + (own.mean_seconds * tickets if own else 0)) / (SERVICE_WEIGHT + tickets)
    variation = USUAL_VARIATION**2
    if own and own.mean_seconds:
        observed = own.variance / own.mean_seconds**2
        variation = (VARIATION_WEIGHT * variation + tickets * observed) / (VARIATION_WEIGHT + tickets)
    variance = variation * mean**2
    return ServiceTime(
        mean_seconds=mean, variance=variance, variance_of_mean=variance / (SERVICE_WEIGHT + tickets)
    )


def _prior_seconds(service: ServiceCode) -> float:
    return NATIONAL_MINUTES[service] * 60
