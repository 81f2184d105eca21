"""What can be asked of booking about hours at which an office does not work."""

from dataclasses import dataclass
from typing import ClassVar

from contracts.requests.base import Request
from contracts.words import BookingCode, OutageCause, PublicNote


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingOutage:
    """Why the office does not work at the time of a booking; `note` is what people are told."""

    code: BookingCode
    cause: OutageCause
    note: PublicNote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingOutages:
    """The bookings of a person that stand at times at which their offices do not work, by time."""

    outages: tuple[BookingOutage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOwnOutages(Request[BookingOutages]):
    """Read which of a person's own bookings are affected, and why."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[BookingOutages]] = BookingOutages

    person_id: str
