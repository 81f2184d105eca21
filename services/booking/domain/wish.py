"""What people ask for, and who they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from contracts.words import PriorityClass
from services.booking.domain.booking import Booking
from services.booking.domain.priority import class_by_age, needs_age

MOST_GUESTS = 5
"""How many people can come on one booking; source: the rule of the passport offices in use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """One person of a wish; `booking_id` and `code_number` are drawn in case it is granted.

    `priority` is the class that the person claims; a dependent has the one that is kept.
    """

    person_id: str
    booking_id: str
    code_number: int
    priority: PriorityClass = "regular"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A wish for places in a slot, for one person or a party, with the key of who asks.

    It is assisted where an officer or a village's clerk makes it for its person; an officer, who can hear a
    reason, overrides the waits of who did not come. `district` is where they set out, where they told that.
    """

    asker_id: str
    slot_id: str
    idempotency_key: str
    guests: tuple[Guest, ...]
    is_assisted: bool = False
    overrides_waits: bool = False
    district: str | None = None

    @property
    def has_dependents(self) -> bool:
        """Whether it is for anybody beside who asks."""
        return any(guest.person_id != self.asker_id for guest in self.guests)

    @property
    def party_id(self) -> str | None:
        """What the bookings of people who come together share."""
        return self.guests[0].booking_id if len(self.guests) > 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citizen:
    """A person with the bookings that matter: what is ahead, and what the wishes' keys once got.

    A dependent has a guardian, who books for them, and a `priority` of their own; one who is removed gets
    no new booking. `births` are the dates on which the person may have been born, where a wish makes them
    matter. `waits` are by office those that stand against who did not come (`no_show.py`). `hall_name` is
    what the hall shows of them; None where the number alone.
    """

    person_id: str
    display_name: str
    bookings: tuple[Booking, ...]
    guardian_id: str | None = None
    priority: PriorityClass = "regular"
    births: tuple[date, ...] = ()
    is_removed: bool = False
    waits: Mapping[str, str] = field(default_factory=dict)
    hall_name: str | None = None

    @property
    def asker_id(self) -> str:
        """Who books for them."""
        return self.guardian_id or self.person_id

    def class_on(self, day: date, claimed: PriorityClass) -> PriorityClass:
        """Name the class on a day: as claimed, and for a dependent as kept, or else by age."""
        if self.guardian_id is None:
            return claimed
        by_age = class_by_age(self.births[0], on=day)
        return by_age if needs_age(self.priority) or self.priority == "regular" else self.priority
