"""What can be asked of booking about the way to an office."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from contracts.office_plan import TravelMinutes
from contracts.requests.base import Request
from contracts.words import ClockSpan, OfficeCode, RegionName

Reach = Literal["in_time", "too_late", "no_transport"]
"""Whether somebody can be at the office in time; too_late for who sets out now, no_transport on any day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A district with its travelling time, and the office's hours at which nobody from there can arrive."""

    district: RegionName
    minutes: TravelMinutes
    unreachable: tuple[ClockSpan, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Districts:
    """The districts whose way to an office is known, in the office's own order."""

    office: OfficeCode
    districts: tuple[District, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDistricts(Request[Districts]):
    """Read from which districts an office knows the way."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Districts]] = Districts

    office: OfficeCode
