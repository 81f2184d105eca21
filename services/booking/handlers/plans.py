"""What offices decide, put into effect: with it their slots change, and who is affected is known at once."""

import hashlib
from dataclasses import dataclass, fields, replace
from datetime import date

import orjson

from chassis.database import Transaction
from contracts.office_plan import HolidayPlans, NoShowPlan, OfficePlan
from contracts.requests.booking import (
    AffectedBooking,
    AffectedBookings,
    ChangeOfficePlan,
    ListAffectedBookings,
)
from contracts.schema import Fault, InvalidMessage, dump
from services.booking.domain.booking import Booking
from services.booking.domain.holidays import HolidayOverride
from services.booking.domain.no_show import NoShowRule
from services.booking.domain.office import Office
from services.booking.domain.plan import Decision, decision_of
from services.booking.domain.plan_of import plan_of
from services.booking.errors import OfficePlanInvalid, PlanChangedMeanwhile, UnknownOffice
from services.booking.handlers import no_shows
from services.booking.handlers.offices import change_office
from services.booking.handlers.slots import open_slots, selling_offices
from services.booking.store import affected, calendars, offices, travel

OTHER_OFFICE = "other_office"
"""Fault of a plan that is another office's."""

_TOLD = tuple(field.name for field in fields(AffectedBooking))


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """An office after a plan was applied, and all its bookings whose time it will not work."""

    office: Office
    affected: tuple[Booking, ...]


def change_office_plan(tx: Transaction, command: ChangeOfficePlan) -> AffectedBookings:
    """Apply the plan of an office's head. Raises UnknownOffice, OfficePlanInvalid, PlanChangedMeanwhile."""
    plan = own_plan(command.office, command.plan)
    if command.edition is not None:
        _require_edition(tx, plan, command.edition)
    return _listed(apply_plan(tx, plan, at="/plan"))


def plan_in_force(tx: Transaction, office: Office) -> OfficePlan:
    """Write down what an office decided."""
    return plan_of(
        office,
        calendars.calendar_of(tx, office.code),
        offices.rollout_of(tx, office.code),
        travel.travel_to(tx, office.code),
    )


def edition_of(plan: OfficePlan) -> str:
    """Name a plan by what it says."""
    return hashlib.sha256(orjson.dumps(dump(plan), option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


def own_plan(office: str, plan: OfficePlan) -> OfficePlan:
    """Return a plan that was sent for an office, if it is this office's. Raises OfficePlanInvalid."""
    if plan.office != office:
        raise OfficePlanInvalid(faults=[dump(Fault(pointer="/plan/office", code=OTHER_OFFICE))])
    return plan


def list_affected_bookings(tx: Transaction, query: ListAffectedBookings) -> AffectedBookings:
    """Read which bookings stand at times at which an office will not work. Raises UnknownOffice."""
    office = offices.find_office(tx, query.office)
    if office is None:
        raise UnknownOffice(office=query.office)
    found = tuple(affected.affected_bookings(tx, office.code))
    return _listed(Applied(office=office, affected=found))


def apply_plan(tx: Transaction, plan: OfficePlan, *, at: str = "") -> Applied:
    """Make an office what its plan says; the same plan again changes nothing.

    `at` points to the plan in what was asked. Raises UnknownOffice, OfficePlanInvalid.
    """
    try:
        decision = decision_of(plan)
    except InvalidMessage as invalid:
        faults = [dump(replace(fault, pointer=at + fault.pointer)) for fault in invalid.faults]
        raise OfficePlanInvalid(faults=faults) from invalid
    office = offices.lock_office(tx, plan.office)
    if office is None:
        raise UnknownOffice(office=plan.office)
    changed = _changed(tx, office, plan, decision)
    change_office(tx, changed)
    offices.put_rollout(tx, office.code, decision.rollout)
    calendars.put_calendar(tx, office.code, decision.calendar)
    travel.put_travel(tx, office.code, decision.travel)
    open_slots(tx, office.code)
    if office.no_show and not changed.no_show:
        no_shows.end_waits(tx, changed, office.no_show)
    no_shows.count_days(tx, changed)
    return Applied(office=changed, affected=tuple(affected.affected_bookings(tx, office.code)))


def _require_edition(tx: Transaction, plan: OfficePlan, edition: str) -> None:
    """Raise PlanChangedMeanwhile, unless the plan in force is of this edition, or is this plan already."""
    office = offices.lock_office(tx, plan.office)
    if office is None:
        raise UnknownOffice(office=plan.office)
    if edition_of(plan_in_force(tx, office)) not in (edition, edition_of(plan)):
        raise PlanChangedMeanwhile


def apply_holidays(tx: Transaction, plans: HolidayPlans) -> None:
    """Correct the public holidays; the slots of all offices follow."""
    overrides = tuple(
        HolidayOverride(date=plan.date, name=plan.name, is_holiday=plan.is_holiday, decree=plan.decree)
        for plan in plans.holidays
    )
    if overrides == calendars.holiday_overrides(tx):
        return
    calendars.put_holiday_overrides(tx, overrides)
    for code in selling_offices(tx):
        open_slots(tx, code)


def _listed(applied: Applied) -> AffectedBookings:
    listed = tuple(as_listed(booking) for booking in applied.affected)
    return AffectedBookings(office=applied.office.code, status=applied.office.status, bookings=listed)


def as_listed(booking: Booking) -> AffectedBooking:
    """Show an affected booking to its office: no more than the counter needs."""
    return AffectedBooking(**{name: getattr(booking, name) for name in _TOLD})


def _changed(tx: Transaction, office: Office, plan: OfficePlan, decision: Decision) -> Office:
    """A plan without stages leaves the status to whoever set it."""
    today = tx.now.astimezone(office.zone).date()
    status = decision.rollout.status_on(today) if decision.rollout.stages else office.status
    return replace(
        office,
        status=status,
        services=plan.services,
        counters=plan.counters,
        covers=plan.covers,
        hall=plan.hall,
        slot_minutes=plan.slots.minutes,
        slot_capacity=plan.slots.places,
        forms=decision.forms,
        protection_hours=plan.slots.protected_until_hours,
        observes_holidays=plan.observes_holidays,
        release=decision.release,
        no_show=_no_show(plan.no_show, before=office.no_show, today=today),
    )


def _no_show(plan: NoShowPlan | None, *, before: NoShowRule | None, today: date) -> NoShowRule | None:
    """A rule counts from the day on which the office first had one: nobody was warned earlier."""
    if plan is None:
        return None
    since = today if before is None else before.since
    return NoShowRule(after=plan.after, within_days=plan.within_days, wait_days=plan.wait_days, since=since)
