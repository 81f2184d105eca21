"""Read the ways to an office from a CSV file, and say of every mistake in which line and field it is.

    # Estimates: ...
    district,minutes,unreachable
    Kecamatan Tarakan Timur,25,
    Kabupaten Nunukan,150,08.00-11.00 15.00-16.00

Lines that begin with # are comments. `unreachable` are the office's hours at which nobody from there can
arrive, apart by blanks.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from contracts.office_plan import TravelPlan
from contracts.schema import MISSING_FIELD, UNKNOWN_FIELD, Fault, InvalidMessage, load
from services.booking.domain.travel_plan import travel_of
from services.booking.plan_file import FileInvalid, Mistake

_COLUMNS = ("district", "minutes", "unreachable")
NOT_UTF8 = "not_utf8"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    number: int
    cells: Sequence[str]


def read_travel_file(path: Path) -> tuple[TravelPlan, ...]:
    """Read the ways to an office. Raises FileInvalid with every mistake."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise FileInvalid([Mistake(file=path, line=1, field="", code=NOT_UTF8)]) from fault
    lines = list(_lines(text))
    if not lines or tuple(lines[0].cells) != _COLUMNS:
        raise FileInvalid(list(_header_mistakes(path, lines)))
    mistakes: list[Mistake] = []
    plans = [_plan(path, line, mistakes) for line in lines[1:]]
    read = [plan for plan in plans if plan is not None]
    if not mistakes:
        faults: list[Fault] = []
        travel_of(read, faults)
        mistakes = [_mistake(path, lines[1:], fault) for fault in faults]
    if mistakes:
        raise FileInvalid(mistakes)
    return tuple(read)


def _lines(text: str) -> Iterator[_Line]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            yield _Line(number=number, cells=[cell.strip() for cell in next(csv.reader([line]))])


def _header_mistakes(path: Path, lines: Sequence[_Line]) -> Iterator[Mistake]:
    number, found = (lines[0].number, lines[0].cells) if lines else (1, [])
    wrong = [(name, UNKNOWN_FIELD) for name in found if name not in _COLUMNS]
    missing = [(name, MISSING_FIELD) for name in _COLUMNS if name not in found]
    for field, code in (wrong + missing) or [("header", "out_of_order")]:
        yield Mistake(file=path, line=number, field=field, code=code)


def _plan(path: Path, line: _Line, mistakes: list[Mistake]) -> TravelPlan | None:
    cells = dict(zip(_COLUMNS, line.cells, strict=False))
    minutes = cells.get("minutes", "")
    data = {
        "district": cells.get("district", ""),
        "minutes": int(minutes) if minutes.isascii() and minutes.isdigit() else minutes,
        "unreachable": cells.get("unreachable", "").split(),
    }
    extra = [Fault(pointer="/", code=UNKNOWN_FIELD)] if len(line.cells) > len(_COLUMNS) else []
    try:
        plan = load(TravelPlan, {name: value for name, value in data.items() if value != ""})
    except InvalidMessage as invalid:
        extra += invalid.faults
        plan = None
    mistakes += [
        Mistake(file=path, line=line.number, field=fault.pointer.strip("/"), code=fault.code)
        for fault in extra
    ]
    return plan


def _mistake(path: Path, lines: Sequence[_Line], fault: Fault) -> Mistake:
    place, _, field = fault.pointer.lstrip("/").partition("/")
    return Mistake(file=path, line=lines[int(place)].number, field=field, code=fault.code)
