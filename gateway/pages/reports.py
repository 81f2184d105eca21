"""`/kepala/{office}/laporan`: what some days of an office came to, and how many counters its hours need.

Which days is in the address, so that a report can be kept as a bookmark and sent on. No script is needed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

from falcon.asgi import Request, Response

from chassis.log import get_logger
from contracts.events.booking import OfficeChanged
from contracts.refusals import Refused
from contracts.requests.reports import (
    CounterSuggestions,
    GetReport,
    OfficeReport,
    SuggestCounters,
    SuggestedHour,
)
from gateway.auth import IN_CHARGE, require_in_charge
from gateway.pages.forms import FormFaults, fill
from gateway.pages.site import Site, signed_in

log = get_logger(__name__)

Span = Literal["minggu-ini", "minggu-lalu", "bulan-ini", "sendiri"]
SPANS: Final[tuple[Span, ...]] = get_args(Span)

_A_MONDAY = date(2026, 1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An hour that needs another number of counters; `day` is some day of its weekday."""

    day: date
    hour: SuggestedHour


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """What a page shows of suggestions: hours with too few counters, those with too many, and all."""

    told: CounterSuggestions
    more: Sequence[Change]
    fewer: Sequence[Change]
    every: Sequence[Change]

    @classmethod
    def of(cls, told: CounterSuggestions) -> "Suggestions":
        """Sort them out."""
        every = [Change(day=_A_MONDAY + timedelta(days=hour.weekday), hour=hour) for hour in told.hours]
        return cls(
            told=told,
            more=[one for one in every if one.hour.suggested > one.hour.counters],
            fewer=[one for one in every if one.hour.suggested < one.hour.counters],
            every=every,
        )


class ReportPage:
    """The report of this week, unless the address names other days."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show it; each part as far as it can be told."""
        found = self._site.directory.find(office)
        signed_in(req, IN_CHARGE)
        require_in_charge(req, office)
        span = _span(req)
        asked = _days(req, span, _today(found))
        faults: Mapping[str, str] = {}
        report: OfficeReport | None = None
        refused: Refused | None = None
        try:
            report = await self._site.backend.ask(fill(GetReport, {"office": office, **asked}))
        except FormFaults as wrong:
            faults = wrong.faults
        except Refused as reason:
            refused = reason
        self._site.renderer.show(
            req, resp, "head/report.html", office=found, span=span, asked=asked, report=report,
            faults=faults, refused=refused, suggestions=await self._suggestions(office),
        )  # fmt: skip

    async def _suggestions(self, office: str) -> Suggestions | None:
        try:
            return Suggestions.of(await self._site.backend.ask(SuggestCounters(office=office)))
        except Refused as refused:
            log.info("report_shown_without_suggestions", office=office, code=refused.code)
            return None


def days_of(span: Span, today: date) -> tuple[date, date]:
    """Return the first and the last day of a span; weeks begin on Monday. An own one begins as this week."""
    monday = today - timedelta(days=today.weekday())
    if span == "minggu-lalu":
        return monday - timedelta(days=7), monday - timedelta(days=1)
    return (today.replace(day=1) if span == "bulan-ini" else monday), today


def _span(req: Request) -> Span:
    asked = req.get_param("rentang")
    return next((span for span in SPANS if span == asked), "minggu-ini")


def _days(req: Request, span: Span, today: date) -> dict[str, str]:
    first, last = days_of(span, today)
    asked = {"from_date": first.isoformat(), "to_date": last.isoformat()}
    if span != "sendiri":
        return asked
    return {name: (req.get_param(name) or "").strip() for name in asked}


def _today(office: OfficeChanged) -> date:
    return datetime.now(UTC).astimezone(ZoneInfo(office.timezone)).date()
