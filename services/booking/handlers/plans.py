"""What offices decide, put into effect: with it their slots change, and who is affected is known at once."""

from dataclasses import dataclass, replace

from chassis.database import Transaction
from contracts.office_plan import HolidayPlans, OfficePlan
from contracts.schema import InvalidMessage, dump
from services.booking.domain.booking import Booking
from services.booking.domain.holidays import HolidayOverride
from services.booking.domain.office import Office
from services.booking.domain.plan import Decision, decision_of
from services.booking.errors import OfficePlanInvalid, UnknownOffice
from services.booking.handlers.offices import change_office
from services.booking.handlers.slots import open_slots, selling_offices
from services.booking.store import affected, calendars, offices


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """An office after a plan was applied, and all its bookings whose time it will not work."""

    office: Office
    affected: tuple[Booking, ...]


def apply_plan(tx: Transaction, plan: OfficePlan) -> Applied:
    """Make an office what its plan says; the same plan again changes nothing.

    Raises UnknownOffice, OfficePlanInvalid.
    """
    try:
        decision = decision_of(plan)
    except InvalidMessage as invalid:
        raise OfficePlanInvalid(faults=[dump(fault) for fault in invalid.faults]) from invalid
    office = offices.lock_office(tx, plan.office)
    if office is None:
        raise UnknownOffice(office=plan.office)
    changed = _changed(tx, office, plan, decision)
    change_office(tx, changed)
    offices.put_rollout(tx, office.code, decision.rollout)
    calendars.put_calendar(tx, office.code, decision.calendar)
    open_slots(tx, office.code)
    return Applied(office=changed, affected=tuple(affected.affected_bookings(tx, office.code)))


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
        slot_minutes=plan.slots.minutes,
        slot_capacity=plan.slots.places,
        observes_holidays=plan.observes_holidays,
        release=decision.release,
    )
