"""Who can be at the office in time, and what is wrong with what is written about the ways."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from contracts.requests.travel import Reach
from services.booking.domain.travel import Travel
from services.booking.office_directory import OFFICES_FILE
from services.booking.plan_file import FileInvalid
from services.booking.travel_file import read_travel_file
from tests.unit.booking.clock import stretches

WITA = ZoneInfo("Asia/Makassar")
EIGHT = datetime(2026, 11, 24, 0, tzinfo=UTC)
"""08.00 in Tarakan."""

MALINAU = Travel(district="Kabupaten Malinau", minutes=240, unreachable=stretches("08.00-11.00 15.00-16.00"))


@pytest.mark.parametrize(
    ("hour", "sets_out_hours_before", "reach"),
    [
        (8, 24, "no_transport"),
        (10, 24, "no_transport"),
        (11, 24, "in_time"),
        (14, 24, "in_time"),
        (15, 24, "no_transport"),
        (14, 4, "in_time"),
        (14, 3.99, "too_late"),
        (14, 0, "too_late"),
        (15, 0, "no_transport"),
    ],
)
def test_an_hour_is_in_reach_where_a_way_leads_to_it(
    hour: int, sets_out_hours_before: float, reach: Reach
) -> None:
    """Malinau: the morning boat is there at eleven, the last one home leaves at three."""
    starts_at = EIGHT + timedelta(hours=hour - 8)
    now = starts_at - timedelta(hours=sets_out_hours_before)
    assert MALINAU.reach(starts_at, until=starts_at, now=now, zone=WITA) == reach


def test_where_people_may_walk_in_the_slots_end_counts() -> None:
    """Who arrives within the hour is still in time."""
    near = Travel(district="Tarakan Timur", minutes=25)
    now = EIGHT + timedelta(minutes=30)
    assert near.reach(EIGHT, until=EIGHT + timedelta(hours=1), now=now, zone=WITA) == "in_time"
    assert near.reach(EIGHT, until=EIGHT, now=now, zone=WITA) == "too_late"


@pytest.mark.parametrize("office", ["TRK", "SKW"])
def test_the_files_of_the_pilots_are_good_and_say_that_they_are_estimates(office: str) -> None:
    """Nobody has measured these ways."""
    file = OFFICES_FILE.parent / "travel" / f"{office}.csv"
    assert len(read_travel_file(file)) > 5
    assert "ESTIMATES" in file.read_text()


@pytest.mark.parametrize(
    ("rows", "mistakes"),
    [
        ("Malinau,empat,", [(2, "minutes", "wrong_type")]),
        ("Malinau,9000,", [(2, "minutes", "out_of_range")]),
        ("# a\n,20,\nMalinau,,", [(3, "district", "missing_field"), (4, "minutes", "missing_field")]),
        ("Malinau,240,8-11", [(2, "unreachable/0", "bad_form")]),
        ("Malinau,240,11.00-08.00", [(2, "unreachable/0", "ends_before_start")]),
        ("Malinau,240,08.00-11.00 10.00-12.00", [(2, "unreachable", "hours_overlap")]),
        ("Malinau,240,\n\nmalinau,30,", [(4, "district", "duplicate_district")]),
        ("Malinau,240,,perahu", [(2, "", "unknown_field")]),
    ],
)
def test_a_mistake_is_named_with_its_line_and_field(
    tmp_path: Path, rows: str, mistakes: list[tuple[int, str, str]]
) -> None:
    """Every one of them, comments and empty lines counted."""
    file = tmp_path / "TRK.csv"
    file.write_text(f"district,minutes,unreachable\n{rows}\n")
    with pytest.raises(FileInvalid) as invalid:
        read_travel_file(file)
    assert [(one.line, one.field, one.code) for one in invalid.value.mistakes] == mistakes


@pytest.mark.parametrize(
    ("header", "mistakes"),
    [
        ("", [("district", "missing_field"), ("minutes", "missing_field"), ("unreachable", "missing_field")]),
        ("district,menit,unreachable", [("menit", "unknown_field"), ("minutes", "missing_field")]),
        ("minutes,district,unreachable", [("header", "out_of_order")]),
    ],
)
def test_a_file_begins_with_its_columns(tmp_path: Path, header: str, mistakes: list[tuple[str, str]]) -> None:
    """So nobody's minutes are read as hours."""
    file = tmp_path / "TRK.csv"
    file.write_text(header)
    with pytest.raises(FileInvalid) as invalid:
        read_travel_file(file)
    assert [(one.field, one.code) for one in invalid.value.mistakes] == mistakes


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    """And not a traceback."""
    file = tmp_path / "TRK.csv"
    file.write_bytes("district,minutes,unreachable\nMalinau é,240,\n".encode("utf-16"))
    with pytest.raises(FileInvalid) as invalid:
        read_travel_file(file)
    assert [one.code for one in invalid.value.mistakes] == ["not_utf8"]
