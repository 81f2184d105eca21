"""What can be asked of check-in by and about people without a booking."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from contracts.requests.base import Request
from contracts.requests.checkin import Admission
from contracts.words import Count, DisplayName, IdempotencyKey, OfficeCode, PriorityClass, ServiceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueWalkIn(Request[Admission]):
    """Give somebody without a booking a number for today, as long as places are kept for who walks in.

    `priority` is what they say of themselves; an officer looks. The same `request_id` again, on the same day,
    gives the same ticket.
    """

    service: ClassVar[str] = "checkin"
    result: ClassVar[type[Admission]] = Admission

    office: OfficeCode
    request_id: IdempotencyKey
    for_service: ServiceCode
    priority: PriorityClass = "regular"
    display_name: DisplayName | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceWalkIns:
    """What a service has today for who walks in: places in all and still left, and how many people wait."""

    service: ServiceCode
    places: Count
    places_left: Count
    waiting: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkIns:
    """Today of an office for who walks in; no services where it does not work, or its last hour is over."""

    office: OfficeCode
    date: date
    services: tuple[ServiceWalkIns, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GetWalkIns(Request[WalkIns]):
    """Read what is left today for who walks in."""

    service: ClassVar[str] = "checkin"
    result: ClassVar[type[WalkIns]] = WalkIns

    office: OfficeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class GetAdmission(Request[Admission]):
    """Read a ticket of today's hall, to put it on paper; with or without a booking."""

    service: ClassVar[str] = "checkin"
    result: ClassVar[type[Admission]] = Admission

    office: OfficeCode
    ticket_id: str
