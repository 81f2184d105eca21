"""What can be asked of booking about a day's places by who keeps a copy of them."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from contracts.events.availability import AvailabilityChanged
from contracts.requests.base import Request
from contracts.words import OfficeCode, ServiceCode


@dataclass(frozen=True, slots=True, kw_only=True)
class GetAvailability(Request[AvailabilityChanged]):
    """Read the slots that an office gives out for a service on a day, as the event of them tells.

    What `AvailabilityChanged` of a higher version tells later is newer than the answer.
    """

    service: ClassVar[str] = "booking"
    result: ClassVar[type[AvailabilityChanged]] = AvailabilityChanged

    office: OfficeCode
    for_service: ServiceCode
    date: date
