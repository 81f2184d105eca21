"""Who only hears what check-in says: from that alone, no ticket is served twice or at two counters."""

from collections.abc import Iterable, Mapping
from typing import Final

from contracts.events import Event, TurnNear
from contracts.events.checkin import CounterState, QueueTicketState

_COMES_FROM: Final[Mapping[str, tuple[str | None, ...]]] = {
    "TicketScanned": (None, "no_show"),
    "WalkInIssued": (None,),
    "CounterCalled": ("waiting", "held", "called"),
    "TicketServed": ("called",),
    "TicketNoShow": ("called",),
    "TicketHeld": ("called",),
    "TicketTransferred": ("called", "waiting"),
    "TicketRestored": ("waiting", "called", "held", "served", "no_show"),
}
"""In which states a ticket is before each event; None before it is in the hall."""


class Witness:
    """What the boards know: the last word of each ticket, by its number, and of each counter."""

    def __init__(self) -> None:
        self.tickets: dict[str, QueueTicketState] = {}
        self.counters: dict[int, CounterState] = {}
        self.near: set[str] = set()

    def hear(self, events: Iterable[Event]) -> None:
        """Believe check-in, as far as one word can follow the other."""
        for event in events:
            if isinstance(event, TurnNear):
                assert event.event_subject not in self.near
                self.near.add(event.event_subject)
            elif isinstance(event, QueueTicketState):
                self._hear_of_ticket(event)
            elif isinstance(event, CounterState):
                known = self.counters.get(event.counter)
                assert known is None or event.version == known.version + 1
                self.counters[event.counter] = event

    def _hear_of_ticket(self, event: QueueTicketState) -> None:
        known = self.tickets.get(event.number)
        assert (known and known.state) in _COMES_FROM[type(event).__name__]
        assert event.version == (known.version if known else 0) + 1
        if known and known.state == event.state == "called":
            assert event.counter == known.counter
        self.tickets[event.number] = event
        here = [each.counter for each in self.tickets.values() if each.state == "called"]
        assert len(here) == len(set(here))
