"""From what booking knows of an office back to the plan that it would write down: `decision_of` reversed."""

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import get_args

from contracts.office_plan import (
    ClosurePlan,
    HoursPlan,
    MonthlyReleasePlan,
    NoShowPlan,
    OfficePlan,
    OneOffPlan,
    PaymentPlan,
    PlannedStage,
    ProtectedPlan,
    ReleasePlan,
    RollingReleasePlan,
    ServicePlan,
    SlotForm,
    TravelPlan,
    Weekday,
    WeekdayHours,
    WeeklyReleasePlan,
)
from services.booking.domain.calendar import Calendar, Closure
from services.booking.domain.fee import AT_THE_COUNTER, Fee
from services.booking.domain.hours import Stretch, WeeklyHours, WorkingPeriod
from services.booking.domain.no_show import NoShowRule
from services.booking.domain.office import Office
from services.booking.domain.quota import NOTHING_PROTECTED
from services.booking.domain.release import MonthlyRelease, ReleaseRule, RollingRelease
from services.booking.domain.rollout import Rollout
from services.booking.domain.service_form import ServiceForm
from services.booking.domain.travel import Travel

_WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)


def plan_of(office: Office, calendar: Calendar, rollout: Rollout, ways: Iterable[Travel]) -> OfficePlan:
    """Write down what an office decided; what is usual is left out."""
    return OfficePlan(
        office=office.code,
        services=office.services,
        counters=office.counters,
        covers=office.covers,
        hall=office.hall,
        rollout=tuple(PlannedStage(status=one.status, from_date=one.from_date) for one in rollout.stages),
        slots=SlotForm(
            minutes=office.slot_minutes,
            places=office.slot_capacity,
            protected_until_hours=office.protection_hours,
        ),
        by_service=tuple(_services(office)),
        release=_release(office.release),
        no_show=no_show_of(office.no_show),
        observes_holidays=office.observes_holidays,
        hours=tuple(
            HoursPlan(valid_from=weekly.valid_from, week=tuple(_week(weekly))) for weekly in calendar.weekly
        ),
        one_offs=tuple(
            OneOffPlan(
                date=one.date, name=one.name, open=_whole(one.stretches), breaks=_breaks(one.stretches)
            )
            for one in calendar.one_offs
            if one.stretches
        ),
        closures=tuple(_closure(one) for one in calendar.closures),
        travel=tuple(
            TravelPlan(
                district=way.district, minutes=way.minutes, unreachable=tuple(map(span_of, way.unreachable))
            )
            for way in ways
        ),
    )


def span_of(hours: Stretch) -> str:
    """Write hours as `08.00-12.00`."""
    ends = (divmod(minute, 60) for minute in (hours.opens_minute, hours.closes_minute))
    return "-".join(f"{hour:02}.{minute:02}" for hour, minute in ends)


def no_show_of(rule: NoShowRule | None) -> NoShowPlan | None:
    """Write down what follows for who does not come."""
    if rule is None:
        return None
    return NoShowPlan(after=rule.after, within_days=rule.within_days, wait_days=rule.wait_days)


def _services(office: Office) -> Iterator[ServicePlan]:
    for form in office.forms:
        usual = ServiceForm(service=form.service, places=office.slot_capacity)
        if form != usual and form.service in office.services:
            kept = form.protected
            yield ServicePlan(
                service=form.service,
                slots=form.slots,
                places=form.places,
                protected=None
                if kept == NOTHING_PROTECTED
                else ProtectedPlan(assisted=kept.assisted, priority=kept.priority, walk_in=kept.walk_in),
                payment=_payment(form.fee),
            )


def _payment(fee: Fee) -> PaymentPlan | None:
    return None if fee == AT_THE_COUNTER else PaymentPlan(when=fee.when, rupiah=fee.rupiah or None)


def _release(rule: ReleaseRule) -> ReleasePlan:
    if isinstance(rule, RollingRelease):
        return ReleasePlan(rolling=RollingReleasePlan(days=rule.days))
    if isinstance(rule, MonthlyRelease):
        return ReleasePlan(monthly=MonthlyReleasePlan(day=rule.day_of_month, time=_clock(rule.minute)))
    day = _WEEKDAYS[rule.weekday]
    return ReleasePlan(weekly=WeeklyReleasePlan(day=day, time=_clock(rule.minute), weeks=rule.weeks))


def _week(weekly: WeeklyHours) -> Iterator[WeekdayHours]:
    """Days with the same hours are told together, in the order of the week."""

    def kind(period: WorkingPeriod) -> tuple[int, int, str]:
        return period.weekday, period.every_weeks, str(period.counted_from)

    alike: dict[WeekdayHours, list[Weekday]] = {}
    for _, periods in groupby(sorted(weekly.periods, key=kind), kind):
        same = list(periods)
        stretches = tuple(sorted(period.stretch for period in same))
        hours = WeekdayHours(
            days=(),
            open=_whole(stretches),
            breaks=_breaks(stretches),
            every_weeks=same[0].every_weeks,
            counted_from=same[0].counted_from,
        )
        alike.setdefault(hours, []).append(_WEEKDAYS[same[0].weekday])
    for hours, days in alike.items():
        yield WeekdayHours(
            days=tuple(days),
            open=hours.open,
            breaks=hours.breaks,
            every_weeks=hours.every_weeks,
            counted_from=hours.counted_from,
        )


def _closure(one: Closure) -> ClosurePlan:
    return ClosurePlan(
        from_date=one.first_date,
        to_date=None if one.last_date == one.first_date else one.last_date,
        hours=None if one.hours is None else span_of(one.hours),
        reason=one.reason,
    )


def _whole(stretches: tuple[Stretch, ...]) -> str:
    return span_of(Stretch(opens_minute=stretches[0].opens_minute, closes_minute=stretches[-1].closes_minute))


def _breaks(stretches: tuple[Stretch, ...]) -> tuple[str, ...]:
    return tuple(
        span_of(Stretch(opens_minute=one.closes_minute, closes_minute=following.opens_minute))
        for one, following in pairwise(stretches)
        if one.closes_minute < following.opens_minute
    )


def _clock(minute: int) -> str:
    return "{:02}.{:02}".format(*divmod(minute, 60))
