"""`antrean offices check` and `preview`: what is told of files, before anything is changed."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.main import main
from cli.offices.sentences import SENTENCES
from contracts.office_plan import PLAN_FAULT_CODES
from contracts.schema import FAULT_CODES
from services.booking import plan_file, travel_file
from services.booking.office_directory import OFFICE_PLANS

GOOD = """\
office: SKW
services: [new]
counters: 4
release:
  weekly: {day: friday, time: 14.00}
rollout:
  - {status: socialisation, from_date: 2026-06-01}
  - {status: pilot, from_date: 2026-12-23}
hours:
  - valid_from: 2026-01-01
    week:
      - {days: [monday, tuesday, wednesday, thursday], open: 08.00-16.00, breaks: [12.00-13.00]}
one_offs:
  - {date: 2026-12-25, open: 08.00-10.00, name: Layanan Natal}
closures:
  - {from_date: 2026-12-28, hours: 13.00-16.00, reason: Pemadaman listrik}
  - {from_date: 2026-12-29, reason: Banjir}
"""
HOLIDAYS = """\
holidays:
  - {date: 2026-12-30, name: Cuti Bersama, is_holiday: true, decree: SKB 9/2026}
  - {date: 2026-12-24, name: Cuti Bersama Natal, is_holiday: false, decree: SKB 9/2026}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a good office and holidays."""
    (tmp_path / "SKW.yaml").write_text(GOOD)
    (tmp_path / "holidays.yaml").write_text(HOLIDAYS)
    return tmp_path


def run(*arguments: object, code: int = 0) -> str:
    done = CliRunner(env={"COLUMNS": "120"}).invoke(
        main, ["offices", *map(str, arguments)], catch_exceptions=False
    )
    assert done.exit_code == code, done.output
    return done.output


def preview(folder: Path) -> dict[str, str]:
    """The lines of two weeks from 20 December, by day of the month."""
    shown = run("preview", folder / "SKW.yaml", "--from", "2026-12-20")
    lines = (line for line in shown.splitlines() if "-12-" in line or "-01-" in line)
    return {line[12:14]: " ".join(line[14:].split()) for line in lines}


def test_the_files_of_this_project_are_good() -> None:
    """Without arguments the folder with all offices is checked."""
    assert run("check") == f"{len(list(OFFICE_PLANS.glob('*.yaml')))} files are good.\n"


def test_good_files_are_good(folder: Path) -> None:
    """A folder and single files."""
    assert run("check", folder) == "2 files are good.\n"
    assert run("check", folder / "SKW.yaml") == "1 files are good.\n"


def test_every_mistake_of_every_file_is_named(folder: Path) -> None:
    """File, line, field, and what to do; the exit code says it too."""
    (folder / "SKW.yaml").write_text(GOOD.replace("08.00-16.00", "16.00-08.00"))
    (folder / "TRK.yaml").write_text(GOOD.replace("counters: 4", "counters: many"))
    (folder / "holidays.yaml").write_text(HOLIDAYS.replace("2026-12-24", "2026-12-30"))
    told = run("check", folder, code=1)
    assert "3 mistakes, and nothing was changed." in told
    assert f"{folder}/SKW.yaml:12: hours/0/week/0/open: ends before it begins (ends_before_start)" in told
    assert f"{folder}/TRK.yaml:3: counters: is not of the right kind (wrong_type)" in told
    assert f"{folder}/holidays.yaml:3: holidays/1/date: there is another for this date" in told


@pytest.mark.parametrize(
    ("name", "office", "code"), [("TRK.yaml", "SKW", "other_name"), ("XYZ.yaml", "XYZ", "unknown_office")]
)
def test_a_file_is_of_the_office_that_it_is_named_for(
    tmp_path: Path, name: str, office: str, code: str
) -> None:
    """And that office is in the directory."""
    (tmp_path / name).write_text(GOOD.replace("SKW", office))
    assert f"{name}:1: office: {SENTENCES[code]} ({code})" in run("check", tmp_path, code=1)


def test_two_weeks_are_shown_as_the_file_has_them(folder: Path) -> None:
    """Fourteen days, with hours, slots, their release, and why a day is unusual."""
    days = preview(folder)
    assert list(days) == [f"{day:02}" for day in (*range(20, 32), 1, 2)]
    assert days["20"] == "closed 0 socialisation, gives no slots"
    assert days["22"] == "08.00-12.00 13.00-16.00 0 socialisation, gives no slots"
    assert days["23"] == "08.00-12.00 13.00-16.00 7 Fri 18 Dec 14.00"
    assert days["24"] == "08.00-12.00 13.00-16.00 7 Fri 18 Dec 14.00"
    assert days["25"] == "08.00-10.00 2 Fri 18 Dec 14.00 Layanan Natal; works on Hari Raya Natal"
    assert days["28"] == "08.00-12.00 4 Fri 25 Dec 14.00 Pemadaman listrik"
    assert days["29"] == "closed 0 Banjir"
    assert days["30"] == "closed 0 Cuti Bersama"
    assert days["01"] == "closed 0 Tahun Baru Masehi"


def test_a_file_with_a_mistake_is_not_shown(folder: Path) -> None:
    """Also when the mistake is in the holidays beside it."""
    (folder / "holidays.yaml").write_text("holidays: none\n")
    assert "holidays.yaml:1: holidays" in run("preview", folder / "SKW.yaml", code=1)


def test_holidays_are_no_office(folder: Path) -> None:
    """There is nothing to show of them."""
    assert "is about no office" in run("preview", folder / "holidays.yaml", code=1)


def test_every_code_of_a_mistake_has_a_sentence() -> None:
    """Those of the form, of the file and of what it says."""
    files = {plan_file.DUPLICATE_FIELD, plan_file.NOT_YAML, plan_file.ALIAS, "unknown_office", "other_name"}
    files.add(travel_file.NOT_UTF8)
    assert PLAN_FAULT_CODES | FAULT_CODES | files == SENTENCES.keys()


def test_a_preview_tells_what_a_visit_takes_and_what_is_kept(folder: Path) -> None:
    """For each service, below the days."""
    own = "{service: new, slots: 2, protected: {priority: 1, walk_in: 2}}"
    first = "payment: {when: first, rupiah: 350000}"
    more = f"slots: {{places: 5}}\n{first}\nby_service:\n  - {own}\n"
    (folder / "SKW.yaml").write_text(GOOD + more)
    shown = run("preview", folder / "SKW.yaml", "--from", "2026-12-20")
    assert "new: 2 slots in a row, 5 places, Rp 350.000 paid before the place is sure" in shown
    assert "kept: 1 priority, 2 walk_in" in shown
    assert "24 hours before" in shown
