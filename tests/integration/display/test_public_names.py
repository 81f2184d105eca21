"""Names outside the hall."""

import pytest

from contracts.requests.waiting import GetStatistics
from services.display.handlers import waiting
from tests.integration.display.hall import NOON, Display, called, opened, scanned


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [("Pak Andi", "Pak A•••i"), ("Pak A•••i", "Pak A•••"), ("A. P.", "A•••"), (None, None)],
)
def test_who_is_served_is_masked_where_everybody_reads_it(
    display: Display, chosen: str | None, shown: str | None
) -> None:
    """Whatever they chose for the hall: this is read by who sits nowhere near the counter."""
    display.hear(opened(1), called(scanned("A-001", display_name=chosen), 1))
    with display.database.transaction(now=NOON) as tx:
        statistics = waiting.get_statistics(tx, GetStatistics(office="TRK"))
    assert [one.display_name for one in statistics.now] == [shown]
