"""Who comes on a morning, when, and how it goes with them: all drawn from one seed, nothing done yet.

    people with a booking   come around their hour, most of them a little early
    people without          come at any time (a Poisson process)
    each one                is served for a lognormal time, or does not answer when called

Seconds are the office's: a play at speed 20 makes one of twenty.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from contracts.words import PriorityClass, ServiceCode

MORNING_SECONDS: Final = 3 * 3600
SERVED_SECONDS: Final = 7 * 60
"""How long a person is at a counter on average; a biometric passport with interview takes 5 to 10 minutes."""

_SPREAD = 0.45
_WITH_BOOKING = 0.6
_ABSENT = 0.03
_CLASSES: tuple[tuple[PriorityClass, float], ...] = (
    ("regular", 0.84),
    ("elderly", 0.07),
    ("infant", 0.04),
    ("pregnant", 0.03),
    ("disabled", 0.02),
)
_REGION = "647302"  # Tarakan Tengah
_YOUNGEST, _OLDEST = 18 * 365, 80 * 365
# fmt: off
_MEN = (
    "Agus", "Andi", "Bambang", "Budi", "Dedi", "Eko", "Fajar", "Hendra",
    "Iwan", "Joko", "Made", "Rizal", "Slamet", "Taufik", "Wayan", "Yusuf",
)
_WOMEN = (
    "Ani", "Ayu", "Dewi", "Endang", "Fitri", "Indah", "Kartini", "Lestari",
    "Maya", "Nurul", "Putri", "Ratna", "Sari", "Siti", "Tuti", "Wulan",
)
_FAMILY_NAMES = (
    "Hidayat", "Kurniawan", "Lestari", "Nugroho", "Pratama", "Rahman", "Saputra", "Setiawan",
    "Siregar", "Wijaya",
)
# fmt: on


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """One person of the morning; `comes_at` and `served_for` are the office's seconds."""

    name: str
    display_name: str
    nik: str
    birth_date: date
    service: ServiceCode
    priority: PriorityClass
    has_booking: bool
    comes_at: float
    served_for: float
    answers: bool


def draw_morning(
    people: int, services: Sequence[ServiceCode], *, seed: int, today: date
) -> tuple[Visitor, ...]:
    """Draw the people of a morning in the order in which they come; the same seed draws the same ones."""
    chance = random.Random(seed)  # noqa: S311  a play, no secret
    visitors = [_visitor(chance, services, today, serial) for serial in range(1, people + 1)]
    return tuple(sorted(visitors, key=lambda visitor: visitor.comes_at))


def _visitor(chance: random.Random, services: Sequence[ServiceCode], today: date, serial: int) -> Visitor:
    is_woman = chance.random() < 0.5
    first_name = chance.choice(_WOMEN if is_woman else _MEN)
    birth_date = today - timedelta(days=chance.randint(_YOUNGEST, _OLDEST))
    return Visitor(
        name=f"{first_name} {chance.choice(_FAMILY_NAMES)}",
        display_name=f"{'Bu' if is_woman else 'Pak'} {first_name}",
        nik=nik(birth_date, is_woman=is_woman, serial=chance.randint(1, 9000) + serial),
        birth_date=birth_date,
        service=chance.choice(services),
        priority=chance.choices([name for name, _ in _CLASSES], [share for _, share in _CLASSES])[0],
        has_booking=chance.random() < _WITH_BOOKING,
        comes_at=chance.uniform(0, MORNING_SECONDS),
        served_for=SERVED_SECONDS * chance.lognormvariate(-(_SPREAD**2) / 2, _SPREAD),
        answers=chance.random() >= _ABSENT,
    )


def nik(birth_date: date, *, is_woman: bool, serial: int) -> str:
    """Write the number that a person born then would have in Tarakan; a woman's day is 40 higher."""
    day = birth_date.day + (40 if is_woman else 0)
    return f"{_REGION}{day:02}{birth_date:%m%y}{serial % 10_000:04}"


def percentile(seconds: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share does not exceed (nearest rank); 0 of none."""
    ordered = sorted(seconds)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0
