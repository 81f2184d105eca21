"""What check-in answers the head of an office about its past days."""

from chassis.database import Transaction
from chassis.requests import answers
from chassis.threads import run_in_thread
from contracts.requests.reports import CounterSuggestions, GetReport, OfficeReport, SuggestCounters
from services.checkin.handlers import reports


class ReportAnswers:
    """A part of the service."""

    @answers(GetReport)
    def get_report(self, tx: Transaction, query: GetReport) -> OfficeReport:
        """Read how an office worked."""
        return reports.get_report(tx, query)

    @answers(SuggestCounters)
    def suggest_counters(self, tx: Transaction, query: SuggestCounters) -> CounterSuggestions:
        """Say how many counters each hour of the week needs."""
        return reports.suggest_counters(tx, query, run=run_in_thread)
