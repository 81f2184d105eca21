"""Who comes: oneself, people of the family, or both; as the confirmation's form says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from contracts.requests.booking import Booking
from gateway.pages.citizen.choice import Choice

PRIORITY_CLASSES = ("regular", "elderly", "disabled", "pregnant", "ill")
"""What somebody with an account can be; infants come as family, and are told by their birth date."""

_FIELD = "ikut-"
_HOLDER = "saya"
_STANDS = frozenset({"held", "booked"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who was ticked, and the class of who has the account."""

    with_holder: bool = True
    dependents: tuple[str, ...] = ()
    priority: str = "regular"

    @classmethod
    def of(cls, form: Mapping[str, str]) -> "Party":
        """Read the form."""
        ticked = [name.removeprefix(_FIELD) for name in form if name.startswith(_FIELD)]
        return cls(
            with_holder=_HOLDER in ticked,
            dependents=tuple(one for one in ticked if one != _HOLDER),
            priority=form.get("priority") or "regular",
        )

    @property
    def wish(self) -> dict[str, object]:
        """The same as the fields of a booking."""
        return {
            "with_holder": self.with_holder,
            "dependents": list(self.dependents),
            "priority": self.priority,
        }

    @property
    def fields(self) -> dict[str, str]:
        """The same as the fields of the form."""
        ticked = [*([_HOLDER] if self.with_holder else []), *self.dependents]
        return {"priority": self.priority, **{f"{_FIELD}{one}": "1" for one in ticked}}


def booking_ahead(bookings: Sequence[Booking]) -> Booking | None:
    """Return the booking that keeps somebody from making another for themselves; a dependent's does not."""
    now = datetime.now(UTC)
    own = (one for one in bookings if one.dependent is None)
    return next((one for one in own if one.status in _STANDS and one.ends_at > now), None)


def credit_for(choice: Choice, bookings: Sequence[Booking]) -> Booking | None:
    """Return a booking that is paid and has no place, for what somebody is about to pay once more."""
    wanted = (choice.office.office, choice.service)
    return next(
        (one for one in bookings if one.status == "paid" and (one.office, one.service) == wanted), None
    )
