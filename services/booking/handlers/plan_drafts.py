"""A plan before it is applied: the one in force, the mistakes in a text, and what it would change."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import yaml

from chassis.database import Transaction
from contracts.office_plan import OfficePlan
from contracts.requests.office_head import (
    DraftClosures,
    GetOfficePlan,
    PlanMistake,
    PlanPreview,
    PlanReading,
    PresentPlan,
    PreviewOfficePlan,
    ReadPlanText,
)
from contracts.schema import Fault, InvalidMessage, dump
from services.booking.domain.plan import decision_of
from services.booking.errors import OfficePlanInvalid, UnknownOffice
from services.booking.handlers.plans import (
    OTHER_OFFICE,
    apply_plan,
    as_listed,
    edition_of,
    own_plan,
    plan_in_force,
)
from services.booking.handlers.schedules import coming_days
from services.booking.plan_file import FileInvalid, PlanFile, read_plan_text
from services.booking.store import affected, offices


def get_office_plan(tx: Transaction, query: GetOfficePlan) -> PresentPlan:
    """Read the plan that is in force. Raises UnknownOffice."""
    office = offices.find_office(tx, query.office)
    if office is None:
        raise UnknownOffice(office=query.office)
    plan = plan_in_force(tx, office)
    return PresentPlan(plan=plan, text=as_text(plan), edition=edition_of(plan))


def draft_closures(tx: Transaction, query: DraftClosures) -> PresentPlan:
    """Write the plan in force with other closures. Raises UnknownOffice, OfficePlanInvalid."""
    present = get_office_plan(tx, GetOfficePlan(office=query.office))
    plan = replace(present.plan, closures=query.closures)
    try:
        decision_of(plan)
    except InvalidMessage as invalid:
        raise OfficePlanInvalid(faults=[dump(fault) for fault in invalid.faults]) from invalid
    return PresentPlan(plan=plan, text=as_text(plan), edition=present.edition)


def as_text(plan: OfficePlan) -> str:
    """Write a plan as YAML; what it leaves out is what an office does anyway."""
    told = {"office": plan.office, "services": list(plan.services), "counters": plan.counters}
    more = {name: value for name, value in dump(plan).items() if name not in told}
    whole = {**told, "hours": [], **_without_nothing(more)}
    return str(yaml.safe_dump(whole, sort_keys=False, allow_unicode=True, width=100, default_flow_style=None))


def read_plan_text_of(query: ReadPlanText) -> PlanReading:
    """Understand a plan's text, or list every mistake in it."""
    try:
        file = read_plan_text(query.text.encode(), Path(f"{query.office}.yaml"))
        return PlanReading(plan=_understood(file, query.office), mistakes=())
    except FileInvalid as invalid:
        mistakes = (PlanMistake(line=one.line, field=one.field, code=one.code) for one in invalid.mistakes)
        return PlanReading(plan=None, mistakes=tuple(mistakes))


def preview_office_plan(
    begin: Callable[[], AbstractContextManager[Transaction]], query: PreviewOfficePlan
) -> PlanPreview:
    """Apply a plan in a transaction of its own and undo it. Raises UnknownOffice, OfficePlanInvalid."""
    try:
        with begin() as tx:
            _undo(_tried(tx, query))
    except _Undone as undone:
        return undone.preview


class _Undone(Exception):
    """Ends a transaction without a trace, and carries out what was seen in it."""

    def __init__(self, preview: PlanPreview) -> None:
        super().__init__()
        self.preview = preview


def _undo(preview: PlanPreview) -> NoReturn:
    raise _Undone(preview)


def _tried(tx: Transaction, query: PreviewOfficePlan) -> PlanPreview:
    plan = own_plan(query.office, query.plan)
    office = offices.lock_office(tx, plan.office)
    if office is None:
        raise UnknownOffice(office=plan.office)
    edition = edition_of(plan_in_force(tx, office))
    before, stood = coming_days(tx, office), affected.affected_bookings(tx, office.code)
    applied = apply_plan(tx, plan, at="/plan")
    known, left = ({one.code for one in bookings} for bookings in (stood, applied.affected))
    return PlanPreview(
        office=office.code,
        edition=edition,
        status_before=office.status,
        status_after=applied.office.status,
        before=before,
        after=coming_days(tx, applied.office),
        affected=tuple(as_listed(one) for one in applied.affected if one.code not in known),
        reinstated=len(known - left),
    )


def _understood(file: PlanFile, office: str) -> OfficePlan:
    plan = file.understood_as(OfficePlan)
    if plan.office != office:
        raise file.invalid((Fault(pointer="/office", code=OTHER_OFFICE),))
    try:
        decision_of(plan)
    except InvalidMessage as invalid:
        raise file.invalid(invalid.faults) from invalid
    return plan


def _without_nothing(told: dict[str, Any]) -> dict[str, Any]:
    return {name: _bare(value) for name, value in told.items() if value not in (None, [])}


def _bare(value: Any) -> Any:
    if isinstance(value, list):
        return [_bare(inner) for inner in value]
    return _without_nothing(value) if isinstance(value, dict) else value
