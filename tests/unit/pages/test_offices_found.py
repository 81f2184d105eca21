"""Which offices a search finds, and what a closed one tells."""

from dataclasses import replace
from datetime import date

import pytest

from gateway.pages.citizen.office_page import Closed
from gateway.pages.citizen.office_search import search
from gateway.pages.citizen.offices import also_covered
from tests.e2e.samples import offices
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
    assert [one.office for one in search([TARAKAN, SINGKAWANG], wanted).offices] == found


@pytest.mark.parametrize(
    ("wanted", "city"),
    [
        ("Kab. Bengkayang", "Singkawang"),
        ("jaksel", "Jakarta Selatan"),
        ("Prov. Kaltara, Tarakan", "Tarakan"),
    ],
)
def test_a_name_is_found_as_people_shorten_it(wanted: str, city: str) -> None:
    """Among all offices of the country; nothing was taken for another word."""
    found = search([*offices(), SINGKAWANG], wanted)
    assert city in {one.city for one in found.offices}
    assert found.meant is None


@pytest.mark.parametrize(
    ("wanted", "meant", "city"),
    [
        ("tarakn", "tarakan", "Tarakan"),
        ("surabya", "surabaya", "Surabaya"),
        ("kantor imigrasi tarakkan", "kantor imigrasi tarakan", "Tarakan"),
        ("Balikpapn", "balikpapan", "Balikpapan"),
    ],
)
def test_a_slip_of_the_finger_finds_the_closest_name(wanted: str, meant: str, city: str) -> None:
    """And says what it took it for."""
    found = search(offices(), wanted)
    assert found.meant == meant
    assert {one.city for one in found.offices} == {city}


@pytest.mark.parametrize("wanted", ["zzz", "tarakan surabaya", "x" * 80, "a b c d e f g h i j zzz"])
def test_what_is_like_nothing_finds_nothing(wanted: str) -> None:
    """No office is offered for the sake of offering one."""
    assert search(offices(), wanted).offices == []


@pytest.mark.parametrize("wanted", ["", "  ", "?!", "provinsi"])
def test_who_says_nothing_sees_all(wanted: str) -> None:
    """A sign that is no letter is no word."""
    assert len(search(offices(), wanted).offices) == len(offices())


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
