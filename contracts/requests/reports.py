"""What the head of an office can ask of check-in about its past days; nothing in it is about a person."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from contracts.hall import GoalMinutes, Step
from contracts.requests.base import Request
from contracts.requests.waiting import HourOfDay
from contracts.words import CallReason, Count, OfficeCode, ServiceCode, whole_number

MOST_REPORT_DAYS = 92
"""How many days a report is about at most: the longest quarter."""

WAIT_GOAL_MINUTES = 30
"""How long nine of ten people are to wait at most, where nobody says otherwise."""

Weekday = Annotated[int, whole_number(0, 6)]
Percent = Annotated[int, whole_number(0, 100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """How many people were admitted, and how their visits ended; who walked in is among them.

    Who is in none of the ends was still waiting when the office closed, or waits now.
    """

    admitted: Count
    walk_ins: Count
    served: Count
    incomplete: Count
    rejected: Count
    other_day: Count
    no_shows: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How long people waited for a call and were served, in minutes: half of them, and nine of ten.

    A visit of several steps counts at each. `called` is how many waits there were, `attended` how many people
    came to their counter, `goals_missed` how many of these took longer than the goal of the step today. Null
    where there was nobody.
    """

    called: Count
    attended: Count
    wait_median_minutes: Count | None
    wait_ninth_decile_minutes: Count | None
    serving_median_minutes: Count | None
    serving_ninth_decile_minutes: Count | None
    goals_missed: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedDay:
    """One day of an office."""

    date: date
    visits: Visits
    times: Times


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedHour:
    """One hour of the day, in the office's own time: who came in it."""

    hour: HourOfDay
    visits: Visits
    times: Times


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedService:
    """One service, over all of its steps."""

    service: ServiceCode
    visits: Visits
    times: Times


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedStep:
    """One step of a service's visits; serving there is to take `goal_minutes` at most."""

    service: ServiceCode
    step: Step
    goal_minutes: GoalMinutes
    times: Times


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenCalls:
    """How many tickets were called out of their turn for a reason."""

    reason: CallReason
    calls: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeReport:
    """An office from one day to another, both included; days and hours without anybody are left out."""

    office: OfficeCode
    from_date: date
    to_date: date
    visits: Visits
    times: Times
    days: tuple[ReportedDay, ...]
    hours: tuple[ReportedHour, ...]
    services: tuple[ReportedService, ...]
    steps: tuple[ReportedStep, ...]
    chosen_calls: tuple[ChosenCalls, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GetReport(Request[OfficeReport]):
    """Read how an office worked, at most MOST_REPORT_DAYS days of its own calendar together."""

    service: ClassVar[str] = "checkin"
    result: ClassVar[type[OfficeReport]] = OfficeReport
    deadline_seconds: ClassVar[float] = 10.0

    office: OfficeCode
    from_date: date
    to_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedHour:
    """An hour of the week (0 is Monday): who came in it on average, and how many counters they need.

    `counters` is how many were at work, `kept_percent` how many of the waits they keep within the goal;
    `suggested` is the fewest that keep nine of ten within it.
    """

    weekday: Weekday
    hour: HourOfDay
    arrivals: Count
    counters: Count
    kept_percent: Percent
    suggested: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterSuggestions:
    """How many counters each hour of an office's week needs, by its latest `days` days of work."""

    office: OfficeCode
    goal_minutes: GoalMinutes
    days: Count
    hours: tuple[SuggestedHour, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestCounters(Request[CounterSuggestions]):
    """Ask how many counters keep nine of ten waits within a goal, hour by hour of the week.

    The office's last four weeks are simulated with the service times that they had.
    """

    service: ClassVar[str] = "checkin"
    result: ClassVar[type[CounterSuggestions]] = CounterSuggestions
    deadline_seconds: ClassVar[float] = 20.0

    office: OfficeCode
    goal_minutes: GoalMinutes = WAIT_GOAL_MINUTES
