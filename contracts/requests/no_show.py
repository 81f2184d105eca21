"""What follows for who did not come."""

from dataclasses import dataclass
from datetime import date

from contracts.words import DisplayName, OfficeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class NoShowWait:
    """From which day somebody who did not come may book at an office again.

    `dependent` is for whom the asker books; absent where it is themself.
    """

    office: OfficeCode
    book_from: date
    display_name: DisplayName
    dependent: str | None = None
