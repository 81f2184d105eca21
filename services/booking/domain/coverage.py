"""Which office is for the people of a district.

Offices tell the cities and regencies that they cover. A district is one of these, or a part of one, as the
tables of travelling times write it: `Kabupaten Bengkayang: Jagoi Babang`.
"""

from collections.abc import Collection

_PART = ": "


def regions_of(district: str) -> tuple[str, ...]:
    """Name the district, and the city or regency that it is a part of."""
    regency, divider, _ = district.partition(_PART)
    return (district, regency) if divider else (district,)


def is_covered(district: str, *, by: Collection[str]) -> bool:
    """Tell whether a district is among, or in, the cities and regencies that an office covers."""
    return any(region in by for region in regions_of(district))
