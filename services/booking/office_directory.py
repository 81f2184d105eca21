"""The directory of offices: a CSV file that says who and where they are; what they decide is elsewhere."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from contracts.place import Place
from contracts.words import ServiceCode
from services.booking.domain.office import Office

OFFICES_FILE = Path(__file__).parents[2] / "data" / "offices.csv"
OFFICE_PLANS = OFFICES_FILE.parent / "offices"

_COUNTERS = 4


def read_offices(file: Path) -> Iterator[Office]:
    """Read the offices of a CSV file, each as one that is still planned."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield Office(
                code=row["code"],
                name=row["name"],
                office_class=row["class"],
                city=row["city"],
                province=row["province"],
                timezone=row["timezone"],
                status="planned",
                services=get_args(ServiceCode),
                counters=_COUNTERS,
                place=Place(latitude=float(row["latitude"]), longitude=float(row["longitude"])),
            )
