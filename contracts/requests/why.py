"""What can be asked of booking about a day on which somebody finds no place."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from contracts.requests.base import Request
from contracts.words import (
    Count,
    Instant,
    OfficeCode,
    OfficeStatus,
    PersonName,
    PublicNote,
    RegionName,
    ServiceCode,
)

DayAnswer = Literal[
    "office_not_open",
    "service_not_here",
    "day_over",
    "holiday",
    "closed",
    "no_hours",
    "not_released",
    "full",
    "too_far",
    "available",
]
"""Why a day has no place, or that it has one; `services.booking.domain.day_answer` says in which order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NearOffice:
    """An office that gives out slots for the service; the distance is as the crow flies."""

    office: OfficeCode
    name: PersonName
    distance_km: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class DayExplanation:
    """Why somebody finds no place on a day, with what belongs to the answer and null for the rest.

    `status` and `opens_on` belong to office_not_open, `nearest` to it and to service_not_here, `note` to
    holiday and closed, `released_at` to not_released, `travel_minutes` to too_far.
    """

    opens_on: date | None = None
    office: OfficeCode
    service: ServiceCode
    date: date
    answer: DayAnswer
    status: OfficeStatus | None = None
    nearest: tuple[NearOffice, ...] = ()
    note: PublicNote | None = None
    released_at: Instant | None = None
    travel_minutes: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainDay(Request[DayExplanation]):
    """Read why a day has no place for somebody; `district` is where they set out, one the office knows."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[DayExplanation]] = DayExplanation

    office: OfficeCode
    for_service: ServiceCode
    date: date
    district: RegionName | None = None
