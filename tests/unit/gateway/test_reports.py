"""An office's reports over HTTP: for its head alone, as JSON and as files for spreadsheets."""

import csv
import io
import zipfile

import pytest

from contracts.refusals import RemoteRefusal
from contracts.requests.reports import GetReport, SuggestCounters
from gateway.spreadsheet import csv_file, xlsx_file
from gateway.spreadsheet.table import HEADINGS
from tests.e2e.report_samples import OF_REPORTS
from tests.unit.gateway.fakes import bearer, gateway, office

pytestmark = pytest.mark.anyio

_REPORTS = "/v1/offices/TRK/reports"
_RANGE = "from=2026-11-16&to=2026-11-22"
_FILES = (_REPORTS, f"{_REPORTS}.csv", f"{_REPORTS}.xlsx", "/v1/offices/TRK/counter-suggestions")


@pytest.mark.parametrize("path", _FILES)
async def test_who_is_in_charge_reads_them_and_nobody_else(path: str) -> None:
    """The office's own head, and the administration."""
    async with gateway(office("TRK")) as api:
        api.services.answers |= OF_REPORTS
        statuses = {
            who: (await api.http.simulate_get(path, query_string=_query(path), headers=headers)).status_code
            for who, headers in {
                "head": bearer("head", "TRK"),
                "admin": bearer("admin"),
                "another head": bearer("head", "PTK"),
                "officer": bearer("officer", "TRK"),
                "nobody": {},
            }.items()
        }
    assert statuses == {"head": 200, "admin": 200, "another head": 403, "officer": 403, "nobody": 401}


async def test_a_report_is_asked_for_its_days() -> None:
    """By two parameters, both of which are needed."""
    async with gateway(office("TRK")) as api:
        api.services.answers |= OF_REPORTS
        told = await api.http.simulate_get(_REPORTS, query_string=_RANGE, headers=bearer("head", "TRK"))
        assert told.json["visits"]["admitted"] == 441
        asked = api.services.asked[-1]
        assert isinstance(asked, GetReport)
        assert (asked.from_date.isoformat(), asked.to_date.isoformat()) == ("2026-11-16", "2026-11-22")
        for wrong in ("", "from=2026-11-16", "from=kemarin&to=2026-11-22"):
            refused = await api.http.simulate_get(_REPORTS, query_string=wrong, headers=bearer("head", "TRK"))
            assert refused.status_code == 422


@pytest.mark.parametrize("code", ["report_ends_before_start", "report_too_long", "report_not_begun"])
async def test_a_range_that_is_none_is_a_problem(code: str) -> None:
    """Told by its code, for files too."""
    async with gateway(office("TRK")) as api:
        api.services.answers[GetReport] = RemoteRefusal(code, {"most_days": 92})
        for path in _FILES[:3]:
            refused = await api.http.simulate_get(path, query_string=_RANGE, headers=bearer("head", "TRK"))
            assert (refused.status_code, refused.json["code"]) == (422, code)


async def test_a_csv_is_read_by_spreadsheets_and_programs() -> None:
    """A byte order mark, CRLF at the end of each line, as many fields in each."""
    async with gateway(office("TRK")) as api:
        api.services.answers |= OF_REPORTS
        told = await api.http.simulate_get(
            f"{_REPORTS}.csv", query_string=_RANGE, headers=bearer("head", "TRK")
        )
    assert (
        told.headers["content-disposition"] == 'attachment; filename="antrean-TRK-2026-11-16-2026-11-22.csv"'
    )
    text = told.content.decode("utf-8-sig")
    assert told.content.startswith(b"\xef\xbb\xbf")
    assert text.count("\r\n") == text.count("\n")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert list(rows[0]) == list(HEADINGS)
    assert (rows[0]["part"], rows[0]["admitted"]) == ("total", "441")
    parts = [row["part"] for row in rows]
    assert {part: parts.count(part) for part in dict.fromkeys(parts)} == {
        "total": 1, "day": 5, "hour": 7, "service": 3, "step": 4, "chosen_calls": 2
    }  # fmt: skip
    assert (rows[-1]["reason"], rows[-1]["chosen_calls"]) == ("ill", "2")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_becomes_a_formula(begin: str) -> None:
    """In a CSV it begins with an apostrophe, in a workbook it is a text; a number stays one."""
    dangerous = f"{begin}HYPERLINK(1)"
    (row,) = list(csv.reader(io.StringIO(csv_file.csv_file(["a"], [[dangerous]]).decode("utf-8-sig"))))[1:]
    assert row == [f"'{dangerous}"]
    assert csv_file.csv_file(["a"], [[-5]]).endswith(b"\r\n-5\r\n")
    assert "<f>" not in _sheet(xlsx_file.xlsx_file("TRK", ["a"], [[dangerous]]))


async def test_a_workbook_holds_the_same_lines() -> None:
    """A sheet named for the office."""
    async with gateway(office("TRK")) as api:
        api.services.answers |= OF_REPORTS
        told = await api.http.simulate_get(
            f"{_REPORTS}.xlsx", query_string=_RANGE, headers=bearer("head", "TRK")
        )
    assert told.headers["content-type"] == xlsx_file.MEDIA_TYPE
    sheet = _sheet(told.content)
    assert sheet.count("<row ") == 1 + 1 + 5 + 7 + 3 + 4 + 2
    assert "<v>441</v>" in sheet


async def test_suggestions_are_for_half_an_hour() -> None:
    """Nobody has to say so."""
    async with gateway(office("TRK")) as api:
        api.services.answers |= OF_REPORTS
        told = await api.http.simulate_get(_FILES[3], headers=bearer("head", "TRK"))
        assert api.services.asked == [SuggestCounters(office="TRK", goal_minutes=30)]
    assert told.json["hours"][0]["suggested"] == 3


def _query(path: str) -> str:
    return _RANGE if "reports" in path else ""


def _sheet(workbook: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return parts.read("xl/worksheets/sheet1.xml").decode()
