"""What can be asked of booking about visits at home, for those who are too ill to come to an office."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from contracts.requests.base import Request
from contracts.words import (
    ClockSpan,
    DisplayName,
    HomeAddress,
    HomeVisitDecline,
    HomeVisitReason,
    HomeVisitStatus,
    Instant,
    OfficeCode,
    PersonName,
    Phone,
    PrivateNote,
    RegionName,
    Role,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisit:
    """A request for a visit at home, as who asked for it sees it.

    `dependent` is for whom they did; absent where it is for themself. A `scheduled` one has the time within
    which the office comes, a `declined` one the reason.
    """

    visit_id: str
    office: OfficeCode
    display_name: DisplayName
    status: HomeVisitStatus
    district: RegionName
    address: HomeAddress
    reason: HomeVisitReason
    note: PrivateNote | None
    requested_at: Instant
    dependent: str | None = None
    starts_at: Instant | None = None
    ends_at: Instant | None = None
    decline_reason: HomeVisitDecline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisits:
    """A person's requests, newest first."""

    visits: tuple[HomeVisit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestHomeVisit(Request[HomeVisit]):
    """Ask for a visit at home, for oneself or a dependent; the office that covers the district gets it.

    `consent` says that address and reason, which tell of somebody's health, may be kept for this.
    """

    service: ClassVar[str] = "booking"
    result: ClassVar[type[HomeVisit]] = HomeVisit
    repeatable: ClassVar[bool] = False

    person_id: str
    district: RegionName
    address: HomeAddress
    reason: HomeVisitReason
    consent: bool
    note: PrivateNote | None = None
    dependent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOwnHomeVisits(Request[HomeVisits]):
    """Read a person's own requests, and those for their family."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[HomeVisits]] = HomeVisits

    person_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawHomeVisit(Request[HomeVisit]):
    """Need no visit any more; one that is withdrawn already stays so and is answered the same."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[HomeVisit]] = HomeVisit

    person_id: str
    visit_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisitCase:
    """A request as the office sees it: with the name, and the phone to call before one comes.

    `is_overdue` where it waits for an answer for more than a week.
    """

    visit: HomeVisit
    name: PersonName
    phone: Phone
    is_overdue: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeVisitCases:
    """The open requests of an office: first those that wait for an answer, then those with a day.

    What was withdrawn is among them until the time is over at which the office would have come.
    """

    office: OfficeCode
    cases: tuple[HomeVisitCase, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHomeVisits(Request[HomeVisitCases]):
    """Read the open requests of an office, and visits that were called off; who read is written down."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[HomeVisitCases]] = HomeVisitCases

    office: OfficeCode
    officer_id: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleHomeVisit(Request[HomeVisit]):
    """Answer with a day and a window of the office's own clock; once more it is another day."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[HomeVisit]] = HomeVisit

    office: OfficeCode
    officer_id: str
    role: Role
    visit_id: str
    date: date
    window: ClockSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineHomeVisit(Request[HomeVisit]):
    """Answer that nobody can come, and why."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[HomeVisit]] = HomeVisit

    office: OfficeCode
    officer_id: str
    role: Role
    visit_id: str
    decline_reason: HomeVisitDecline


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishHomeVisit(Request[HomeVisit]):
    """Say that the visit was made; address and reason are kept a little longer, and then dropped."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[HomeVisit]] = HomeVisit

    office: OfficeCode
    officer_id: str
    role: Role
    visit_id: str
