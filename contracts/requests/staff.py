"""What can be asked of booking about who works at an office."""

from dataclasses import dataclass
from typing import ClassVar

from contracts.requests.base import Request
from contracts.words import OfficeCode, PersonName


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """Somebody who may sit at a counter; `subject` is how other services name them."""

    subject: str
    name: PersonName


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """An office's officers and heads, by name."""

    members: tuple[StaffMember, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStaff(Request[Staff]):
    """Read who works at an office's counters."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Staff]] = Staff

    office: OfficeCode
