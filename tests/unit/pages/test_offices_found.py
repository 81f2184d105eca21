"""Which offices a search finds, and what a closed one tells."""

from dataclasses import replace
from datetime import date

import pytest

from gateway.pages.citizen.office_page import Closed
from gateway.pages.citizen.offices import also_covered, matching
from tests.unit.gateway.fakes import office

TARAKAN = replace(office("TRK"), covers=("Kota Tarakan",))
SINGKAWANG = replace(
    office("SKW"),
    name="Kantor Imigrasi Singkawang",
    city="Singkawang",
    province="Kalimantan Barat",
    covers=("Kota Singkawang", "Kabupaten Bengkayang"),
)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("bengkayang", ["SKW"]),
        ("kabupaten bengkayang", ["SKW"]),
        ("utara tarakan", ["TRK"]),
        ("kalimantan", ["SKW", "TRK"]),
        ("pontianak", []),
    ],
)
def test_an_office_is_found_by_a_regency_that_it_covers(wanted: str, found: list[str]) -> None:
    """Who lives in Bengkayang need not know that the office is in Singkawang."""
    assert [one.office for one in matching([TARAKAN, SINGKAWANG], wanted)] == found


def test_what_an_office_covers_beside_its_own_city_is_named() -> None:
    """Its own city goes without saying."""
    assert also_covered(SINGKAWANG) == ["Kabupaten Bengkayang"]
    assert also_covered(TARAKAN) == []


def test_a_closed_office_tells_what_its_refusal_tells() -> None:
    """And nothing where the refusal is another one, such as a service that is away."""
    near = [{"office": "TRK", "name": "Tarakan", "distance_km": 12}]
    told = Closed.told({"opens_on": "2027-01-04", "nearest": near})
    assert (told.opens_on, told.nearest) == (date(2027, 1, 4), near)
    assert Closed.told({}) == Closed()
