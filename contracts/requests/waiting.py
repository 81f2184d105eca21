"""What can be asked of display about an office's waiting times and its days; nothing in it is personal."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from contracts.requests.base import Request
from contracts.words import (
    Count,
    CounterNumber,
    DisplayName,
    Instant,
    OfficeCode,
    ServiceCode,
    TicketNumber,
    whole_number,
)

HourOfDay = Annotated[int, whole_number(0, 23)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceWaiting:
    """How many wait for a service, how many open counters offer it, and how long who comes now will wait.

    The wait is from `low_minutes` to `high_minutes`, in steps of five; both are null where it cannot be told,
    as no open counter offers the service, or the line is longer than the day.
    """

    service: ServiceCode
    waiting: Count
    counters: Count
    low_minutes: Count | None
    high_minutes: Count | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeWaiting:
    """An office's line as it was at `at`, with every service that somebody waits for or a counter offers."""

    office: OfficeCode
    at: Instant
    counters: Count
    services: tuple[ServiceWaiting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GetWaiting(Request[OfficeWaiting]):
    """Read how long who comes to an office now will wait."""

    service: ClassVar[str] = "display"
    result: ClassVar[type[OfficeWaiting]] = OfficeWaiting

    office: OfficeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketWait:
    """How much longer a ticket that waits will wait for its next call: from so many minutes to so many."""

    number: TicketNumber
    low_minutes: Count
    high_minutes: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class LineWaits:
    """The waits of all who are in an office's line, as they were at `at`; who cannot be told is left out."""

    office: OfficeCode
    at: Instant
    tickets: tuple[TicketWait, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GetLineWaits(Request[LineWaits]):
    """Read how much longer each of an office's line will wait; whoever asks does not wait long for it."""

    service: ClassVar[str] = "display"
    result: ClassVar[type[LineWaits]] = LineWaits
    deadline_seconds: ClassVar[float] = 0.5

    office: OfficeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class NowServed:
    """A ticket before a counter, with what its person chose to show, masked: it is read outside the hall."""

    number: TicketNumber
    display_name: DisplayName | None
    counter: CounterNumber
    called_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualWait:
    """How long those waited who came in the last four weeks, ten at least: half of them, and nine of ten.

    `hour` is when they came, in the office's own time; null stands for all hours.
    """

    hour: HourOfDay | None
    tickets: Count
    median_minutes: Count
    ninth_decile_minutes: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedDay:
    """One day of an office.

    Of those who were called `told` had been told a range when they came, and `kept` waited within it;
    `mean_error_minutes` is how far its middle was from the truth on average.
    """

    date: date
    served: Count
    no_shows: Count
    told: Count
    kept: Count
    mean_error_minutes: Count | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeStatistics:
    """An office's day so far, and its last four weeks; `days` has the latest first, without those of rest."""

    office: OfficeCode
    date: date
    served: Count
    waiting: Count
    now: tuple[NowServed, ...]
    usual: UsualWait | None
    hours: tuple[UsualWait, ...]
    days: tuple[ServedDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GetStatistics(Request[OfficeStatistics]):
    """Read how an office serves: today, and in the last four weeks."""

    service: ClassVar[str] = "display"
    result: ClassVar[type[OfficeStatistics]] = OfficeStatistics

    office: OfficeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSummary:
    """An office in a line of a list: its hall now, and how long people waited in the last four weeks.

    `low_minutes` to `high_minutes` is the longest wait of any service now.
    """

    office: OfficeCode
    counters: Count
    waiting: Count
    served: Count
    low_minutes: Count | None
    high_minutes: Count | None
    median_minutes: Count | None
    ninth_decile_minutes: Count | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NationalStatistics:
    """All offices, by code."""

    offices: tuple[OfficeSummary, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStatistics(Request[NationalStatistics]):
    """Read a line about every office of the country."""

    service: ClassVar[str] = "display"
    result: ClassVar[type[NationalStatistics]] = NationalStatistics
