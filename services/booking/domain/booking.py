"""A booking: one person's right to come at a slot.

              held ──hold ends──▶ expired ──paid late──┬─▶ booked
               │                                       └─▶ paid ──choose a slot──▶ booked
              paid
               ▼
    ──▶ booked ──┬─cancel──▶ cancelled ◀──cancel── held, expired, paid
         │  ▲    ├─served at the office──▶ served
         └──┘    └─called, and nobody came──▶ no_show ──back on the same day──▶ booked
       reschedule

Where payment comes first a booking is held until it is paid (`payment.py`); who is `paid` has no place and
may choose one.

A booking is ahead of its person until they are served, do not come when called, or its slot has ended; a
person has at most one ahead. People who come together are a party: a booking each, made all at once or none.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from contracts.words import BookingStatus, PriorityClass, ServiceCode
from services.booking.domain.offer import Offer
from services.booking.domain.quota import Pool


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A booking with its time; `display_name` is the one chosen when it was made.

    `hall_name` is what the hall shows of it; None where the number alone, as its person chose.
    `guardian_id` is who booked for a person without an account of their own. `slot_id` is the first slot
    of a service that takes several, `pool` what its place there was taken from, and `ends_at` the end of
    the last. Of its `moves` to other slots the `free_moves` were the office's doing. `is_far` says that its
    person has a long way to the office (`travel.py`).
    """

    booking_id: str
    code: str
    person_id: str
    slot_id: str
    idempotency_key: str
    display_name: str
    office: str
    service: ServiceCode
    priority: PriorityClass
    date: date
    starts_at: datetime
    ends_at: datetime
    status: BookingStatus
    version: int
    guardian_id: str | None = None
    party_id: str | None = None
    pool: Pool = "regular"
    moves: int = 0
    free_moves: int = 0
    payment_id: str | None = None
    hall_name: str | None = None
    is_far: bool = False

    @property
    def asker_id(self) -> str:
        """Who made it and may change it."""
        return self.guardian_id or self.person_id

    def is_ahead(self, now: datetime) -> bool:
        """Whether its person may still come, or will once it is paid."""
        return self.status in {"held", "booked"} and now < self.ends_at

    @property
    def has_place(self) -> bool:
        """Whether it takes places in its slots."""
        return self.status in {"held", "booked", "served", "no_show"}

    def cancelled(self) -> Self:
        """Return it given up."""
        return replace(self, status="cancelled", version=self.version + 1)

    def expired(self) -> Self:
        """Return it without its place, as nobody paid in time."""
        return replace(self, status="expired", version=self.version + 1)

    def confirmed(self, offer: Offer, pool: Pool) -> Self:
        """Return it paid, at the time that it had or, by no doing of its person, at another."""
        if offer.slot_id != self.slot_id:
            return self.moved(offer, pool, counts=False)
        return replace(self, status="booked", pool=pool, version=self.version + 1)

    def credited(self) -> Self:
        """Return it paid and without a place; its person may choose one."""
        return replace(self, status="paid", version=self.version + 1)

    def moved(self, offer: Offer, pool: Pool, *, counts: bool) -> Self:
        """Return it at another time; `counts` says whether it is one of the times that people may move it."""
        return replace(
            self,
            slot_id=offer.slot_id,
            pool=pool,
            date=offer.date,
            starts_at=offer.starts_at,
            ends_at=offer.ends_at,
            status="booked",
            version=self.version + 1,
            moves=self.moves + 1,
            free_moves=self.free_moves + (not counts),
        )
