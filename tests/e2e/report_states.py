"""The report of an office in every state of its page."""

from contracts.requests.reports import CounterSuggestions, GetReport, SuggestCounters
from tests.e2e.report_samples import empty_report
from tests.e2e.samples import DAY
from tests.e2e.state import State

HEAD, PAGE = "kepala.trk", "/kepala/TRK/laporan"
_QUIET = GetReport(office="TRK", from_date=DAY, to_date=DAY)

REPORT_STATES = {
    "report": State(path=PAGE, login=HEAD),
    "report of own days, none chosen": State(path=f"{PAGE}?rentang=sendiri&from_date=kemarin", login=HEAD),
    "report of too many days": State(
        path=f"{PAGE}?rentang=sendiri&from_date=2026-01-01&to_date=2026-11-01",
        login=HEAD,
        refuses=((GetReport, "report_too_long"),),
    ),
    "report of quiet days, without suggestions": State(
        path=f"{PAGE}?rentang=bulan-ini",
        login=HEAD,
        answers=(
            (GetReport, empty_report(_QUIET)),
            (SuggestCounters, CounterSuggestions(office="TRK", goal_minutes=30, days=3, hours=())),
        ),
    ),
    "report with check-in slow": State(path=PAGE, login=HEAD, refuses=((SuggestCounters, "no_answer"),)),
}
