"""From what an office wrote down to its calendar, rollout and release rule; or every fault in it.

Each fault has a stable code:

    ends_before_start     12.00-08.00
    amount_missing        payment comes first, and nobody knows how much
    break_outside_hours   a break that is not within the open hours
    hours_overlap         two stretches of the same day overlap
    weeks_not_counted     every second week, and no date from which to count, or the reverse
    out_of_order          versions of hours, stages or the ends of a closure are not in order of their dates
    duplicate_district    two ways from one district
    duplicate_date        two one-off hours for one date
    duplicate_service     a service is told twice
    duplicate_step        a visit goes through a step twice
    no_steps              a visit without a step
    service_not_offered   a service that the office does not offer is told
    more_protected_than_places    more places are kept than there are
    stage_out_of_order    a stage that cannot follow the one before
    not_exactly_one       not one of rolling, weekly and monthly
    other_office          the plan is another office's than it is sent for
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import get_args

from contracts.office_plan import (
    ClosurePlan,
    HoursPlan,
    OfficePlan,
    OneOffPlan,
    PaymentPlan,
    PlannedStage,
    ProtectedPlan,
    ReleasePlan,
    ServicePlan,
    Weekday,
    WeekdayHours,
)
from contracts.schema import Fault, InvalidMessage
from services.booking.domain.calendar import Calendar, Closure, OneOffHours
from services.booking.domain.fee import AT_THE_COUNTER, Fee
from services.booking.domain.hours import Stretch, WeeklyHours, WorkingPeriod, without
from services.booking.domain.journey_plan import note_journey_faults
from services.booking.domain.quota import NOTHING_PROTECTED, Protected
from services.booking.domain.release import (
    TWO_WEEKS,
    MonthlyRelease,
    ReleaseRule,
    RollingRelease,
    WeeklyRelease,
)
from services.booking.domain.rollout import Rollout, Stage, may_follow
from services.booking.domain.service_form import ServiceForm
from services.booking.domain.travel import Travel
from services.booking.domain.travel_plan import travel_of

_WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an office decided, as the rest of booking understands it."""

    calendar: Calendar
    rollout: Rollout
    release: ReleaseRule
    forms: tuple[ServiceForm, ...]
    travel: tuple[Travel, ...]


def decision_of(plan: OfficePlan) -> Decision:
    """Understand a plan whose form is right. Raises InvalidMessage with every fault."""
    reader = _Reader()
    weekly = reader.versions(plan.hours)
    one_offs = reader.one_offs(plan.one_offs)
    closures = [reader.closure(f"/closures/{at}", closure) for at, closure in enumerate(plan.closures)]
    stages = reader.stages(plan.rollout)
    release = reader.release(plan.release)
    forms = reader.forms(plan)
    note_journey_faults(plan.hall.journeys, plan.services, reader.faults, at="/hall/journeys")
    travel = travel_of(plan.travel, reader.faults, at="/travel")
    if reader.faults:
        raise InvalidMessage(tuple(reader.faults))
    return Decision(
        calendar=Calendar(weekly=tuple(weekly), one_offs=tuple(one_offs), closures=tuple(closures)),
        rollout=Rollout(stages=tuple(stages)),
        release=release,
        travel=travel,
        forms=tuple(forms),
    )


@dataclass(slots=True)
class _Reader:
    """Reads part after part and notes what is wrong; what it returns counts only without faults."""

    faults: list[Fault] = field(default_factory=list)

    def versions(self, plans: Iterable[HoursPlan]) -> list[WeeklyHours]:
        plans = list(plans)
        for at, (one, following) in enumerate(pairwise(plans)):
            self._unless(one.valid_from < following.valid_from, f"/hours/{at + 1}/valid_from", "out_of_order")
        return [self._version(f"/hours/{at}", plan) for at, plan in enumerate(plans)]

    def one_offs(self, plans: Iterable[OneOffPlan]) -> list[OneOffHours]:
        dates = set()
        read = []
        for at, plan in enumerate(plans):
            self._unless(plan.date not in dates, f"/one_offs/{at}/date", "duplicate_date")
            dates.add(plan.date)
            stretches = self._open(f"/one_offs/{at}", plan)
            read.append(OneOffHours(date=plan.date, stretches=stretches, name=plan.name))
        return read

    def closure(self, pointer: str, plan: ClosurePlan) -> Closure:
        last_date = plan.to_date or plan.from_date
        self._unless(plan.from_date <= last_date, f"{pointer}/to_date", "out_of_order")
        return Closure(
            first_date=plan.from_date,
            last_date=max(plan.from_date, last_date),
            hours=None if plan.hours is None else self._span(f"{pointer}/hours", plan.hours),
            reason=plan.reason,
        )

    def stages(self, plans: Iterable[PlannedStage]) -> list[Stage]:
        read: list[Stage] = []
        for at, plan in enumerate(plans):
            stage = Stage(status=plan.status, from_date=plan.from_date)
            if read and not may_follow(read[-1], stage):
                later = read[-1].from_date < stage.from_date
                part, code = ("status", "stage_out_of_order") if later else ("from_date", "out_of_order")
                self.faults.append(Fault(pointer=f"/rollout/{at}/{part}", code=code))
            else:
                read.append(stage)
        return read

    def release(self, plan: ReleasePlan | None) -> ReleaseRule:
        if plan is None:
            return TWO_WEEKS
        rules: list[ReleaseRule] = []
        if plan.rolling:
            rules.append(RollingRelease(days=plan.rolling.days))
        if plan.weekly:
            weekday, minute = _WEEKDAYS.index(plan.weekly.day), _minute(plan.weekly.time)
            rules.append(WeeklyRelease(weekday=weekday, minute=minute, weeks=plan.weekly.weeks))
        if plan.monthly:
            minute = _minute(plan.monthly.time)
            rules.append(MonthlyRelease(day_of_month=plan.monthly.day, minute=minute))
        self._unless(len(rules) == 1, "/release", "not_exactly_one")
        return rules[0] if rules else TWO_WEEKS

    def forms(self, plan: OfficePlan) -> list[ServiceForm]:
        usual = self._protected("/slots/protected", plan.slots.protected, plan.slots.places)
        fee = self._fee("/payment", plan.payment)
        forms = {
            service: ServiceForm(service=service, places=plan.slots.places, protected=usual, fee=fee)
            for service in plan.services
        }
        told = set()
        for at, own in enumerate(plan.by_service):
            pointer = f"/by_service/{at}"
            self._unless(own.service in forms, f"{pointer}/service", "service_not_offered")
            self._unless(own.service not in told, f"{pointer}/service", "duplicate_service")
            told.add(own.service)
            forms[own.service] = self._form(pointer, own, plan)
        return list(forms.values())

    def _form(self, pointer: str, own: ServicePlan, plan: OfficePlan) -> ServiceForm:
        places = plan.slots.places if own.places is None else own.places
        protected = plan.slots.protected if own.protected is None else own.protected
        kept = self._protected(f"{pointer}/protected", protected, places)
        fee = self._fee(f"{pointer}/payment", own.payment or plan.payment)
        return ServiceForm(service=own.service, slots=own.slots, places=places, protected=kept, fee=fee)

    def _fee(self, pointer: str, plan: PaymentPlan) -> Fee:
        is_told = plan.when == "counter" or plan.rupiah is not None
        self._unless(is_told, f"{pointer}/rupiah", "amount_missing")
        return Fee(when=plan.when, rupiah=plan.rupiah or 0) if is_told else AT_THE_COUNTER

    def _protected(self, pointer: str, plan: ProtectedPlan, places: int) -> Protected:
        kept = Protected(assisted=plan.assisted, priority=plan.priority, walk_in=plan.walk_in)
        self._unless(kept.total <= places, pointer, "more_protected_than_places")
        return kept if kept.total <= places else NOTHING_PROTECTED

    def _version(self, pointer: str, plan: HoursPlan) -> WeeklyHours:
        periods: list[WorkingPeriod] = []
        for at, hours in enumerate(plan.week):
            for period in self._periods(f"{pointer}/week/{at}", hours):
                if any(period.meets(earlier) for earlier in periods):
                    self.faults.append(Fault(pointer=f"{pointer}/week/{at}/open", code="hours_overlap"))
                    break
                periods.append(period)
        return WeeklyHours(valid_from=plan.valid_from, periods=tuple(periods))

    def _periods(self, pointer: str, hours: WeekdayHours) -> list[WorkingPeriod]:
        if (hours.every_weeks > 1) != (hours.counted_from is not None):
            self.faults.append(Fault(pointer=f"{pointer}/counted_from", code="weeks_not_counted"))
            return []
        return [
            WorkingPeriod(
                weekday=_WEEKDAYS.index(day),
                opens_minute=stretch.opens_minute,
                closes_minute=stretch.closes_minute,
                every_weeks=hours.every_weeks,
                counted_from=hours.counted_from,
            )
            for stretch in self._open(pointer, hours)
            for day in dict.fromkeys(hours.days)
        ]

    def _open(self, pointer: str, hours: WeekdayHours | OneOffPlan) -> tuple[Stretch, ...]:
        whole = self._span(f"{pointer}/open", hours.open)
        breaks = [self._span(f"{pointer}/breaks/{at}", one) for at, one in enumerate(hours.breaks)]
        if whole is None:
            return ()
        for at, one in enumerate(breaks):
            within = one is None or whole.holds(one)
            self._unless(within, f"{pointer}/breaks/{at}", "break_outside_hours")
        return without([whole], [one for one in breaks if one is not None])

    def _span(self, pointer: str, text: str) -> Stretch | None:
        opens, closes = (_minute(half) for half in text.split("-"))
        self._unless(opens < closes, pointer, "ends_before_start")
        return Stretch(opens_minute=opens, closes_minute=closes) if opens < closes else None

    def _unless(self, good: bool, pointer: str, code: str) -> None:
        if not good:
            self.faults.append(Fault(pointer=pointer, code=code))


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])
