"""Where offices are, and which are nearest: as the crow flies, on a round earth.

Straight distance is honest about what it is; it knows no ferries. The mean radius of the earth is
the IUGG's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Protocol, TypeVar

EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point on the earth, in degrees."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError(f"no place of the earth: {self.latitude}, {self.longitude}")

    def distance_km(self, other: "Place") -> float:
        """Return the length of the shortest way over the earth."""
        north, other_north = radians(self.latitude), radians(other.latitude)
        up = sin((other_north - north) / 2) ** 2
        along = sin(radians(other.longitude - self.longitude) / 2) ** 2
        return 2 * EARTH_RADIUS_KM * asin(sqrt(up + cos(north) * cos(other_north) * along))


class Located(Protocol):
    """Something that has a place, where it is known."""

    @property
    def code(self) -> str:
        """What it is called."""

    @property
    def place(self) -> Place | None:
        """Where it is."""


L = TypeVar("L", bound=Located)


def nearest(here: Place, others: Iterable[L], *, count: int) -> list[tuple[L, float]]:
    """List the nearest of those whose place is known, each with its distance in kilometres."""
    measured = [(other, here.distance_km(other.place)) for other in others if other.place is not None]
    return sorted(measured, key=lambda found: (found[1], found[0].code))[:count]
