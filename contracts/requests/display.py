"""What can be asked of display: the board of an office."""

from dataclasses import dataclass
from typing import ClassVar

from contracts.events.display import BoardChanged
from contracts.requests.base import Request
from contracts.words import OfficeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class GetBoard(Request[BoardChanged]):
    """Read the hall board of an office as it is now."""

    service: ClassVar[str] = "display"
    result: ClassVar[type[BoardChanged]] = BoardChanged

    office: OfficeCode
