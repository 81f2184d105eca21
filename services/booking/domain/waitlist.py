"""A wish for a place that was not there, and what becomes of it.

waiting ──▶ offered ──▶ booked
   │           ├──────▶ expired
   └──▶ left ◀─┘
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from contracts.words import ServiceCode, WaitlistStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody's wish for an office, a service and some dates; and the place that is offered, if one is."""

    entry_id: str
    person_id: str
    display_name: str
    office: str
    service: ServiceCode
    first_date: date
    last_date: date
    status: WaitlistStatus
    version: int
    created_at: datetime
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    offer_ends_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether something can still become of it."""
        return self.status in {"waiting", "offered"}

    def offered(self, *, starts_at: datetime, ends_at: datetime, offer_ends_at: datetime) -> Self:
        """Return it with a place that its person may take."""
        return replace(
            self,
            status="offered",
            version=self.version + 1,
            starts_at=starts_at,
            ends_at=ends_at,
            offer_ends_at=offer_ends_at,
        )

    def ended(self, status: WaitlistStatus) -> Self:
        """Return it when nothing more becomes of it."""
        return replace(self, status=status, version=self.version + 1)
