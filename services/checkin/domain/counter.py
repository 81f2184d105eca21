"""A counter: a desk with an officer, the services it offers, and the steps at which it does."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from contracts.hall import Step
from contracts.words import CounterStanding, ServiceCode
from services.checkin.domain.office import Office
from services.checkin.domain.policy import Offer
from services.checkin.errors import CounterIsClosed, CounterIsPaused, NothingToUndo, UndoIsOver

UNDO_WITHIN: Final = timedelta(seconds=10)
"""How long what was done with a ticket can be undone."""

DOUBLE_CLICK: Final = timedelta(seconds=2)
"""How long after a call the same officer's next one is no second call."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What a counter did last with a ticket."""

    ticket_id: str
    at: datetime

    @property
    def undo_until(self) -> datetime:
        """Until when it can be undone."""
        return self.at + UNDO_WITHIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """A counter as it stands now; a closed one offers nothing."""

    office: Office
    number: int
    state: CounterStanding
    services: tuple[ServiceCode, ...]
    steps: tuple[Step, ...] = ()
    emergency_since: datetime | None = None
    deed: Deed | None = None

    @property
    def offer(self) -> Offer:
        """What it calls for."""
        return Offer(counter=self.number, services=self.services, steps=self.steps)

    def require_staffed(self) -> None:
        """Raise CounterIsClosed unless an officer sits here, or is away for a while only."""
        if self.state == "closed":
            raise CounterIsClosed(counter=self.number)

    def require_open(self) -> None:
        """Raise CounterIsClosed, CounterIsPaused unless an officer calls here."""
        self.require_staffed()
        if self.state == "paused":
            raise CounterIsPaused(counter=self.number)

    def require_undoable(self, now: datetime) -> Deed:
        """Return what can be undone. Raises NothingToUndo, UndoIsOver."""
        if self.deed is None:
            raise NothingToUndo(counter=self.number)
        if now > self.deed.undo_until:
            raise UndoIsOver(counter=self.number, undo_until=self.deed.undo_until.isoformat())
        return self.deed
