"""An office's report as lines and columns, for whatever file they are written to."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields

from contracts.requests.reports import OfficeReport, Times, Visits

Cell = str | int | None

_FIGURES = tuple(field.name for of in (Visits, Times) for field in fields(of))
HEADINGS: Sequence[str] = ("part", "date", "hour", "service", "step", "reason", *_FIGURES, "chosen_calls")
"""The names of the JSON answer, so that a program reads both alike."""

_NO_VISITS = (None,) * len(fields(Visits))
_NO_FIGURES = (None,) * len(_FIGURES)


def lines(report: OfficeReport) -> Iterator[Sequence[Cell]]:
    """Return a line for the whole, and one for each day, hour, service, step and reason."""
    total = _key("total"), report.visits, report.times
    days = ((_key("day", date=one.date.isoformat()), one.visits, one.times) for one in report.days)
    hours = ((_key("hour", hour=one.hour), one.visits, one.times) for one in report.hours)
    services = ((_key("service", service=one.service), one.visits, one.times) for one in report.services)
    for key, visits, times in (total, *days, *hours, *services):
        yield (*key, *astuple(visits), *astuple(times), None)
    for step in report.steps:
        yield (*_key("step", service=step.service, step=step.step), *_NO_VISITS, *astuple(step.times), None)
    for chosen in report.chosen_calls:
        yield (*_key("chosen_calls", reason=chosen.reason), *_NO_FIGURES, chosen.calls)


def _key(part: str, **told: Cell) -> Sequence[Cell]:
    return (part, *(told.get(name) for name in ("date", "hour", "service", "step", "reason")))
