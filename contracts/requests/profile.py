"""What a citizen asks of booking about how the hall shows them."""

from dataclasses import dataclass
from typing import ClassVar

from contracts.requests.base import Request
from contracts.words import DisplayName, PersonName, ShownAs


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A citizen's names, and what the hall shows of them by `shown_as`; nothing where the number alone."""

    person_id: str
    name: PersonName
    display_name: DisplayName
    shown_as: ShownAs
    hall_name: DisplayName | None


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
