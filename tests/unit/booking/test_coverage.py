"""Which office is for the people of a district."""

import pytest

from services.booking.domain.coverage import is_covered, regions_of

SINGKAWANG = ("Kota Singkawang", "Kabupaten Bengkayang")


@pytest.mark.parametrize(
    ("district", "covered"),
    [
        ("Kabupaten Bengkayang", True),
        ("Kabupaten Bengkayang: Jagoi Babang", True),
        ("Kabupaten Malinau", False),
        ("Kabupaten Malinau: Mentarang", False),
        ("Kabupaten", False),
    ],
)
def test_a_district_is_covered_with_its_regency(district: str, covered: bool) -> None:
    """By its own name, or by that of what it is a part of."""
    assert is_covered(district, by=SINGKAWANG) is covered


def test_an_office_that_tells_no_regions_covers_nobody() -> None:
    """Until it does, its people go there themselves."""
    assert not is_covered("Kota Singkawang", by=())
    assert regions_of("Kota Singkawang") == ("Kota Singkawang",)
