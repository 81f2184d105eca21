"""Reading YAML with the line of every mistake."""

from pathlib import Path
from textwrap import dedent

import pytest

from contracts.office_plan import OfficePlan
from services.booking.plan_file import FileInvalid, read_plan_file

GOOD = """\
office: TRK
services: [new]
counters: 4
hours:
  - valid_from: 2026-01-01
    week:
      - {days: [monday], open: 08.00-16.00}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "TRK.yaml"


def mistakes(file: Path, text: str) -> list[tuple[int, str, str]]:
    file.write_text(text)
    with pytest.raises(FileInvalid) as invalid:
        read_plan_file(file).understood_as(OfficePlan)
    assert {mistake.file for mistake in invalid.value.mistakes} == {file}
    return [(mistake.line, mistake.field, mistake.code) for mistake in invalid.value.mistakes]


def test_a_good_file_is_understood(file: Path) -> None:
    """As the contract has it."""
    file.write_text(GOOD)
    plan = read_plan_file(file).understood_as(OfficePlan)
    assert (plan.office, plan.counters, plan.hours[0].week[0].open) == ("TRK", 4, "08.00-16.00")


@pytest.mark.parametrize(
    ("old", "new", "mistake"),
    [
        ("counters: 4", "counters: four", (3, "counters", "wrong_type")),
        ("counters: 4", "counters: 4.0", (3, "counters", "wrong_type")),
        ("counters: 4", f"counters: {'9' * 5000}", (3, "counters", "wrong_type")),
        ("counters: 4", "counters: 100", (3, "counters", "out_of_range")),
        ("counters: 4", "counters: 4\ncounters: 5", (4, "counters", "duplicate_field")),
        ("counters: 4", "counter: 4", (3, "counter", "unknown_field")),
        ("services: [new]", "services: [new, passport]", (2, "services/1", "unknown_choice")),
        ("[monday]", "[senin]", (7, "hours/0/week/0/days/0", "unknown_choice")),
        ("08.00-16.00", "8am", (7, "hours/0/week/0/open", "bad_form")),
        ("  - valid_from: 2026-01-01", "  - valid_from: 1 Januari", (5, "hours/0/valid_from", "wrong_type")),
        ("  - valid_from: 2026-01-01\n    week:", "  - week:", (5, "hours/0/valid_from", "missing_field")),
        ("office: TRK\n", "", (1, "office", "missing_field")),
        ("services: [new]", "services: [new", (3, "", "not_yaml")),
        ("services: [new]", "services: &all [new]\nclosures: *all", (3, "", "alias")),
        ("counters: 4", "counters: 4\ncovers: " + "[" * 50 + "]" * 50, (4, "", "not_yaml")),
        ("counters: 4", "counters: 4\nobserves_holidays: no", (4, "observes_holidays", "wrong_type")),
        ("counters: 4", "counters: !!python/name:os.system", (3, "counters", "wrong_type")),
    ],
)
def test_a_mistake_is_told_with_its_line_and_field(
    file: Path, old: str, new: str, mistake: tuple[int, str, str]
) -> None:
    """Lines count from 1; a field that is missing is told where it should be."""
    assert old in GOOD
    found = mistakes(file, GOOD.replace(old, new))
    assert mistake in found


def test_all_mistakes_are_told_in_the_order_of_lines(file: Path) -> None:
    """One look at the file is enough."""
    text = GOOD.replace("TRK", "Tarakan").replace("4", "no").replace("08.00-16.00", "pagi")
    assert list(dict.fromkeys(line for line, *_ in mistakes(file, text))) == [1, 3, 7]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("13:00", "13:00"),
        ("08.00", "08.00"),
        ("2026-01-01", "2026-01-01"),
        ("no", "no"),
        ("off", "off"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        ("012", "012"),
        ("<<", "<<"),
        ("12", 12),
        ("-3", -3),
        ("true", True),
        ("null", None),
        ("", None),
        ('"12"', "12"),
    ],
)
def test_a_value_is_what_it_looks_like(file: Path, text: str, value: object) -> None:
    """YAML 1.1 would make 780 of 13:00, 8.0 of 08.00, false of no."""
    file.write_text(f"value: {text}\n")
    assert read_plan_file(file).data == {"value": value}


@pytest.mark.parametrize("body", [b"\xff\xfe\xff", b"a: \x00", b"a: b\nc", b"- [", b"a: b\n---\nc: d\n"])
def test_what_is_no_yaml_is_told_so(file: Path, body: bytes) -> None:
    """Broken bytes, broken structure, two documents."""
    file.write_bytes(body)
    with pytest.raises(FileInvalid) as invalid:
        read_plan_file(file)
    assert [mistake.code for mistake in invalid.value.mistakes] == ["not_yaml"]


def test_an_empty_file_lacks_everything(file: Path) -> None:
    """Each field that has to be there is named."""
    found = mistakes(file, dedent("# nothing yet\n"))
    assert {field for _, field, _ in found} == {"office", "services", "counters", "hours"}
    assert {(line, code) for line, _, code in found} == {(1, "missing_field")}
