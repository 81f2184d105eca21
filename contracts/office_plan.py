"""What an office decides about itself: its rollout, services, hours, closures and the release of its slots.

One plan is one YAML file of an office, and the body of one request: whole, never a part of it. Hours are
the office's own clock, written `08.00-12.00`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from contracts.hall import USUAL_RULES, HallRules
from contracts.words import (
    ClockSpan,
    ClockTime,
    CounterNumber,
    OfficeCode,
    OfficeStatus,
    PublicNote,
    RegionName,
    Rupiah,
    ServiceCode,
    whole_number,
)

PLAN_FAULT_CODES = frozenset(
    {
        "amount_missing",
        "break_outside_hours",
        "duplicate_date",
        "duplicate_district",
        "duplicate_service",
        "duplicate_step",
        "ends_before_start",
        "hours_overlap",
        "more_protected_than_places",
        "no_steps",
        "not_exactly_one",
        "other_office",
        "out_of_order",
        "service_not_offered",
        "stage_out_of_order",
        "weeks_not_counted",
    }
)
"""What can be wrong with a plan whose form is right, beside `contracts.schema.FAULT_CODES`."""

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WeekCount = Annotated[int, whole_number(1, 8)]
DayCount = Annotated[int, whole_number(1, 365)]
DayOfMonth = Annotated[int, whole_number(1, 31)]
SlotMinutes = Annotated[int, whole_number(5, 480)]
TravelMinutes = Annotated[int, whole_number(0, 2880)]
SlotPlaces = Annotated[int, whole_number(0, 1000)]
VisitSlots = Annotated[int, whole_number(1, 8)]
PaymentMoment = Literal["first", "counter"]
HourCount = Annotated[int, whole_number(0, 720)]
NoShowCount = Annotated[int, whole_number(1, 10)]
WaitDays = Annotated[int, whole_number(1, 90)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStage:
    """A status that the office has from a date on."""

    status: OfficeStatus
    from_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectedPlan:
    """How many places of a slot are kept: for officers' help, for priority classes, for who walks in."""

    assisted: SlotPlaces = 0
    priority: SlotPlaces = 0
    walk_in: SlotPlaces = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotForm:
    """How long a slot is, how many people it takes for each service, and for whom places are kept.

    What is kept for officers' help and for priority classes, and not used `protected_until_hours` before the
    slot begins, is anybody's from then on.
    """

    minutes: SlotMinutes = 60
    places: SlotPlaces = 6
    protected: ProtectedPlan = ProtectedPlan()
    protected_until_hours: HourCount = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPlan:
    """When a service is paid: before the place is sure, or at the counter; `rupiah` is for each person."""

    when: PaymentMoment = "counter"
    rupiah: Rupiah | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoShowPlan:
    """What follows when people do not come: after so many times within some days they wait before they book.

    The days of waiting are counted from the last visit that was missed. Without it nothing follows.
    """

    after: NoShowCount
    within_days: DayCount
    wait_days: WaitDays


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlan:
    """A service that differs from the others: several slots a visit, places or a payment of its own."""

    service: ServiceCode
    slots: VisitSlots = 1
    places: SlotPlaces | None = None
    protected: ProtectedPlan | None = None
    payment: PaymentPlan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RollingReleasePlan:
    """So many days can be booked, today included."""

    days: DayCount


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyReleasePlan:
    """Every week on a day at a time: the week that begins `weeks` Mondays later."""

    day: Weekday
    time: ClockTime
    weeks: WeekCount = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyReleasePlan:
    """Every month on a day at a time: the month after. Day 31 is the last of a shorter month."""

    day: DayOfMonth
    time: ClockTime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePlan:
    """When slots are given out: exactly one of the three."""

    rolling: RollingReleasePlan | None = None
    weekly: WeeklyReleasePlan | None = None
    monthly: MonthlyReleasePlan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekdayHours:
    """The hours of some days of the week: every week, or every n-th, counted from a day's week."""

    days: tuple[Weekday, ...]
    open: ClockSpan
    breaks: tuple[ClockSpan, ...] = ()
    every_weeks: WeekCount = 1
    counted_from: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursPlan:
    """The weekly hours from a date on, until the next plan begins."""

    valid_from: date
    week: tuple[WeekdayHours, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOffPlan:
    """The hours of one date in place of the weekly ones, also on a public holiday."""

    date: date
    open: ClockSpan
    name: PublicNote
    breaks: tuple[ClockSpan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosurePlan:
    """A day on which the office is shut, or days up to a last one; with hours, only these of each day."""

    from_date: date
    reason: PublicNote
    to_date: date | None = None
    hours: ClockSpan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelPlan:
    """How long people of a district travel to the office, and at which of its hours they cannot be there."""

    district: RegionName
    minutes: TravelMinutes
    unreachable: tuple[ClockSpan, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePlan:
    """All that an office decides about itself."""

    office: OfficeCode
    services: tuple[ServiceCode, ...]
    counters: CounterNumber
    hours: tuple[HoursPlan, ...]
    rollout: tuple[PlannedStage, ...] = ()
    covers: tuple[RegionName, ...] = ()
    slots: SlotForm = SlotForm()
    payment: PaymentPlan = PaymentPlan()
    by_service: tuple[ServicePlan, ...] = ()
    release: ReleasePlan | None = None
    no_show: NoShowPlan | None = None
    observes_holidays: bool = True
    one_offs: tuple[OneOffPlan, ...] = ()
    closures: tuple[ClosurePlan, ...] = ()
    travel: tuple[TravelPlan, ...] = ()
    hall: HallRules = USUAL_RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayPlan:
    """One date on which the library of holidays is not right; `decree` says who says so."""

    date: date
    name: PublicNote
    is_holiday: bool
    decree: PublicNote


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayPlans:
    """All dates on which the library of holidays is not right."""

    holidays: tuple[HolidayPlan, ...]
