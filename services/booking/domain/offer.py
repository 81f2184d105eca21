"""A slot as it can be booked."""

from dataclasses import dataclass
from datetime import date, datetime

from contracts.words import OfficeStatus, ServiceCode
from services.booking.domain.quota import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A slot as it stands, while nobody else can change it.

    `following` are the slots after it of which a booking takes a place too, and `ends_at` is the end of the
    last of them; None where no booking can begin here, as the slots that it needs are not all there.
    `prepaid` is what each person pays before the place is sure, in rupiah, where payment comes first.
    From `far_districts` people have a long way to the office (`travel.py`).
    """

    slot_id: str
    office: str
    office_status: OfficeStatus
    service: ServiceCode
    date: date
    starts_at: datetime
    ends_at: datetime
    sell_until: datetime
    places: Places
    following: tuple[str, ...] | None = ()
    prepaid: int | None = None
    far_districts: frozenset[str] = frozenset()

    @property
    def slot_ids(self) -> tuple[str, ...]:
        """All slots of which a booking that begins here takes a place."""
        return (self.slot_id, *(self.following or ()))
