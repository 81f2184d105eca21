"""An office's plan as it lies in files: `offices/TRK.yaml`, and beside that folder `travel/TRK.csv`."""

from dataclasses import dataclass, replace
from pathlib import Path

from contracts.office_plan import OfficePlan
from contracts.schema import Fault
from services.booking.plan_file import DUPLICATE_FIELD, PlanFile, read_plan_file
from services.booking.travel_file import read_travel_file


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePlanFile:
    """A plan, and the YAML file that it is from, to say where in it a mistake is."""

    plan: OfficePlan
    file: PlanFile


def read_office_plan(path: Path) -> OfficePlanFile:
    """Read a plan with the ways to its office. Raises FileInvalid."""
    return with_travel(read_plan_file(path))


def with_travel(file: PlanFile) -> OfficePlanFile:
    """Understand a YAML file, and add what the CSV file tells. Raises FileInvalid."""
    plan = file.understood_as(OfficePlan)
    ways = file.path.parent.parent / "travel" / f"{plan.office}.csv"
    if ways.exists():
        if plan.travel:
            raise file.invalid((Fault(pointer="/travel", code=DUPLICATE_FIELD),))
        plan = replace(plan, travel=read_travel_file(ways))
    return OfficePlanFile(plan=plan, file=file)
