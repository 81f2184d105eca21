"""What the head of an office can ask of booking: the coming days, the plan, and what another would change."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from contracts.office_plan import ClosurePlan, OfficePlan
from contracts.requests.base import Request
from contracts.requests.booking import AffectedBooking
from contracts.words import ClockSpan, Count, OfficeCode, OfficeStatus, PlanEdition, PublicNote

DayKind = Literal["weekly", "one_off", "holiday", "closed", "no_hours", "not_open"]
"""What decides on a day; not_open is the rollout's word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledDay:
    """One day of an office: its hours, what is shut of them, its places and those that are taken.

    `affected` counts the bookings that stand at times at which the office will not work.
    """

    date: date
    kind: DayKind
    note: PublicNote | None
    hours: tuple[ClockSpan, ...]
    closed: tuple[ClockSpan, ...]
    capacity: Count
    booked: Count
    affected: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSchedule:
    """The next fourteen days of an office, today included, by its own calendar."""

    office: OfficeCode
    days: tuple[ScheduledDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GetOfficeSchedule(Request[OfficeSchedule]):
    """Read the coming days of an office."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[OfficeSchedule]] = OfficeSchedule

    office: OfficeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentPlan:
    """What an office decided, as a plan to change and send back; `text` is the same as a YAML file.

    `edition` names what is in force: who sends it along with another plan overwrites nobody's.
    """

    plan: OfficePlan
    text: str
    edition: PlanEdition


@dataclass(frozen=True, slots=True, kw_only=True)
class GetOfficePlan(Request[PresentPlan]):
    """Read the plan that is in force."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[PresentPlan]] = PresentPlan

    office: OfficeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftClosures(Request[PresentPlan]):
    """Write the plan in force down with these closures in place of its own; nothing is changed."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[PresentPlan]] = PresentPlan

    office: OfficeCode
    closures: tuple[ClosurePlan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMistake:
    """One thing that is wrong with a plan's text; `field` is a path such as `hours/0/valid_from`."""

    line: Count
    field: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReading:
    """A plan that was read from YAML, or every mistake in it."""

    plan: OfficePlan | None
    mistakes: tuple[PlanMistake, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPlanText(Request[PlanReading]):
    """Understand a plan written as YAML, as `antrean offices check` does; nothing is changed."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[PlanReading]] = PlanReading

    office: OfficeCode
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPreview:
    """What a plan would change: the coming days before and after, and whose booking would be affected.

    `affected` are those that are not affected now; `reinstated` counts those that no longer would be.
    `edition` names the plan in force with which it was compared.
    """

    office: OfficeCode
    edition: PlanEdition
    status_before: OfficeStatus
    status_after: OfficeStatus
    before: tuple[ScheduledDay, ...]
    after: tuple[ScheduledDay, ...]
    affected: tuple[AffectedBooking, ...]
    reinstated: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewOfficePlan(Request[PlanPreview]):
    """Try a plan out and undo it."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[PlanPreview]] = PlanPreview
    deadline_seconds: ClassVar[float] = 20.0

    office: OfficeCode
    plan: OfficePlan
