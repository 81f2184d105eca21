"""What an office's past days came to, for its head: as data, and as files for spreadsheets."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import orjson
from falcon.asgi import Request, Response

from contracts.requests.reports import CounterSuggestions, GetReport, OfficeReport, SuggestCounters
from gateway.auth import IN_CHARGE, require_in_charge
from gateway.backend import Backend
from gateway.commands import load_query
from gateway.operation import Operation, Parameter
from gateway.spreadsheet import csv_file, xlsx_file
from gateway.spreadsheet.table import HEADINGS, lines

_RANGE = {"from": "from_date", "to": "to_date"}
_QUERY = {name: Parameter(contract=GetReport, field=field) for name, field in _RANGE.items()}
_REFUSALS = (
    *("other_office", "unknown_office"),
    *("report_ends_before_start", "report_too_long", "report_not_begun"),
)

# One at a time, beside the event loop: heads are few, and none of them is in a hurry.
_WRITER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="report-file")


class OfficeReports:
    """/v1/offices/{office}/reports, and the same as .csv and .xlsx."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=OfficeReport, query=_QUERY, roles=IN_CHARGE, refusals=_REFUSALS)
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Add an office's days up: who came, how visits ended, waits and service times, calls out of turn.

        By day, by the hour in which people came, by service and by step; at most 92 days of the office's own
        calendar. Days are known for two years, without the people.
        """
        resp.data = orjson.dumps(await self._backend.ask_plain(_asked(req, office)))

    @Operation(media_type=csv_file.MEDIA_TYPE, query=_QUERY, roles=IN_CHARGE, refusals=_REFUSALS)
    async def on_get_csv(self, req: Request, resp: Response, office: str) -> None:
        """Write the report as CSV (RFC 4180; UTF-8 with a byte order mark), a line for each day and so on."""
        report = await self._backend.ask(_asked(req, office))
        resp.data = csv_file.csv_file(HEADINGS, lines(report))
        resp.content_type = csv_file.MEDIA_TYPE
        resp.downloadable_as = f"{_name(report)}.csv"

    @Operation(media_type=xlsx_file.MEDIA_TYPE, query=_QUERY, roles=IN_CHARGE, refusals=_REFUSALS)
    async def on_get_xlsx(self, req: Request, resp: Response, office: str) -> None:
        """Write the report as a workbook, with the lines of the CSV."""
        report = await self._backend.ask(_asked(req, office))
        resp.data = await asyncio.get_running_loop().run_in_executor(
            _WRITER, xlsx_file.xlsx_file, report.office, HEADINGS, lines(report)
        )
        resp.content_type = xlsx_file.MEDIA_TYPE
        resp.downloadable_as = f"{_name(report)}.xlsx"


class OfficeCounterSuggestions:
    """/v1/offices/{office}/counter-suggestions."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @Operation(answers=CounterSuggestions, roles=IN_CHARGE, refusals=("other_office", "unknown_office"))
    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Say how many counters each hour of the week needs, so that nine of ten wait half an hour at most.

        The last four weeks are simulated with the service times that they had; an hour that fewer than two
        weeks had is left out.
        """
        require_in_charge(req, office)
        resp.data = orjson.dumps(await self._backend.ask_plain(SuggestCounters(office=office)))


def _asked(req: Request, office: str) -> GetReport:
    require_in_charge(req, office)
    return load_query(GetReport, req, _RANGE, office=office)


def _name(report: OfficeReport) -> str:
    return f"antrean-{report.office}-{report.from_date}-{report.to_date}"
