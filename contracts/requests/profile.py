"""What a citizen asks of booking about how the hall shows them."""

from dataclasses import dataclass
from typing import ClassVar

from contracts.requests.base import Request
from contracts.words import DisplayName, Email, PersonName, Phone, ShownAs


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A citizen's names, what the hall shows of them by `shown_as`, and where they are reached.

    `hall_name` is null where the hall shows the number alone.
    """

    person_id: str
    name: PersonName
    display_name: DisplayName
    shown_as: ShownAs
    hall_name: DisplayName | None
    phone: Phone
    email: Email


@dataclass(frozen=True, slots=True, kw_only=True)
class GetProfile(Request[Profile]):
    """Read how the hall shows a citizen."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Profile]] = Profile

    person_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowAs(Request[Profile]):
    """Choose what the hall shows of oneself, also on bookings that are ahead."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Profile]] = Profile

    person_id: str
    shown_as: ShownAs


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectName(Request[Profile]):
    """Write one's name as the identity card does, where it was mistyped; it holds for bookings ahead too.

    Another name than was given is none of these: a place that was booked is not handed on by it.
    """

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Profile]] = Profile

    person_id: str
    name: PersonName
