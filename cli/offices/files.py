"""The YAML files of offices: one an office, named for it, and `holidays.yaml` for the whole country."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cli.errors import Problem
from cli.offices.sentences import sentence
from contracts.office_plan import HolidayPlans, OfficePlan
from contracts.schema import Fault, InvalidMessage
from services.booking.domain.office import Office
from services.booking.domain.plan import Decision, decision_of
from services.booking.office_directory import OFFICES_FILE, read_offices
from services.booking.plan_file import FileInvalid, Mistake, PlanFile, read_plan_file
from services.booking.plan_files import with_travel

HOLIDAYS_FILE = "holidays.yaml"

UNKNOWN_OFFICE = "unknown_office"
OTHER_NAME = "other_name"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFile:
    """An office's file, understood; `directory` is the office as the directory has it."""

    path: Path
    plan: OfficePlan
    decision: Decision
    directory: Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Plans:
    """All files that were read; every one of them is good."""

    offices: tuple[OfficeFile, ...]
    holidays: HolidayPlans | None

    @property
    def files(self) -> int:
        """How many there are."""
        return len(self.offices) + (self.holidays is not None)


def read_plans(paths: Sequence[Path]) -> Plans:
    """Read files, and folders of them. Raises Problem that lists every mistake of every file."""
    known = {office.code: office for office in read_offices(OFFICES_FILE)}
    offices: list[OfficeFile] = []
    holidays: HolidayPlans | None = None
    mistakes: list[Mistake] = []
    for path in _files(paths):
        try:
            file = read_plan_file(path)
            if path.name == HOLIDAYS_FILE:
                holidays = _holidays(file)
            else:
                offices.append(_office_file(file, known))
        except FileInvalid as invalid:
            mistakes += invalid.mistakes
    if mistakes:
        raise Problem(_listed(mistakes))
    return Plans(offices=tuple(offices), holidays=holidays)


def _holidays(file: PlanFile) -> HolidayPlans:
    plans = file.understood_as(HolidayPlans)
    dates = [plan.date for plan in plans.holidays]
    doubled = [at for at, date in enumerate(dates) if date in dates[:at]]
    if doubled:
        raise file.invalid(
            tuple(Fault(pointer=f"/holidays/{at}/date", code="duplicate_date") for at in doubled)
        )
    return plans


def _office_file(file: PlanFile, known: dict[str, Office]) -> OfficeFile:
    plan = with_travel(file).plan
    if plan.office not in known:
        raise file.invalid((Fault(pointer="/office", code=UNKNOWN_OFFICE),))
    if file.path.stem != plan.office:
        raise file.invalid((Fault(pointer="/office", code=OTHER_NAME),))
    try:
        decision = decision_of(plan)
    except InvalidMessage as invalid:
        raise file.invalid(invalid.faults) from invalid
    return OfficeFile(path=file.path, plan=plan, decision=decision, directory=known[plan.office])


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.glob("*.yaml")) if path.is_dir() else [path]


def _listed(mistakes: Sequence[Mistake]) -> str:
    lines = [
        f"{mistake.file}:{mistake.line}: {mistake.field + ': ' if mistake.field else ''}"
        f"{sentence(mistake.code, mistake.limits)} ({mistake.code})"
        for mistake in mistakes
    ]
    count = f"{len(lines)} mistakes" if len(lines) > 1 else "1 mistake"
    return "\n".join([f"{count}, and nothing was changed.", *lines])
