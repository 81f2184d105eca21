"""A counter: a desk with an officer, and the services it offers."""

from dataclasses import dataclass

from contracts.words import CounterStanding, ServiceCode
from services.checkin.domain.office import Office
from services.checkin.errors import CounterIsClosed


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A counter as it stands now; a closed one offers nothing."""

    office: Office
    number: int
    state: CounterStanding
    services: tuple[ServiceCode, ...]

    def require_open(self) -> None:
        """Raise CounterIsClosed unless an officer sits here."""
        if self.state != "open":
            raise CounterIsClosed(counter=self.number)
