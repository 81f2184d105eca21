"""Which offices are nearest."""

from dataclasses import dataclass

import pytest

from contracts.place import Place, nearest


@dataclass(frozen=True)
class Spot:
    code: str
    place: Place | None


TARAKAN = Spot("TRK", Place(latitude=3.31332, longitude=117.59152))
NUNUKAN = Spot("NNX", Place(latitude=4.13841, longitude=117.6507))
SINGKAWANG = Spot("SKW", Place(latitude=0.90925, longitude=108.98463))
PONTIANAK = Spot("PTK", Place(latitude=-0.03194, longitude=109.325))
NOWHERE = Spot("XXX", None)


def test_distances_are_those_of_the_earth() -> None:
    """A degree of a meridian is 111.195 km on a sphere of the earth's mean radius."""
    assert Place(latitude=0, longitude=117).distance_km(Place(latitude=1, longitude=117)) == pytest.approx(
        111.195, abs=0.001
    )
    assert TARAKAN.place is not None
    assert NUNUKAN.place is not None
    assert TARAKAN.place.distance_km(NUNUKAN.place) == pytest.approx(92, abs=1)
    assert TARAKAN.place.distance_km(TARAKAN.place) == 0


def test_the_nearest_come_first() -> None:
    """As many as asked for; an office whose place is not known is not among them."""
    assert TARAKAN.place is not None
    found = nearest(TARAKAN.place, [NOWHERE, PONTIANAK, SINGKAWANG, NUNUKAN], count=2)
    assert [office.code for office, _ in found] == ["NNX", "PTK"]


def test_of_two_in_one_city_the_order_is_that_of_their_codes() -> None:
    """The same answer each time."""
    assert TARAKAN.place is not None
    twins = [Spot("TPK", SINGKAWANG.place), Spot("SUB", SINGKAWANG.place)]
    assert [office.code for office, _ in nearest(TARAKAN.place, twins, count=3)] == ["SUB", "TPK"]


def test_a_place_is_on_the_earth() -> None:
    """Latitude and longitude that were exchanged are noticed, as Indonesia lies east of 90 degrees."""
    with pytest.raises(ValueError, match="no place of the earth"):
        Place(latitude=117.6, longitude=3.3)
