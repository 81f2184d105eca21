"""The event entrypoints: `@handles(OfficeChanged)` and, where there are many, `@handles_batch(SlotBooked)`.

    consumer ── the events of a transaction ──┬─▶ handles: a call for each
                                              └─▶ handles_batch: one call for all

When a transaction fails each of its events is worked on alone, so a batch can be of one event.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from nameko.extensions import Entrypoint

from chassis.database import Transaction
from chassis.event_consumer import EventConsumer
from chassis.log import traced
from chassis.service import Platform
from contracts.envelope import Envelope
from contracts.events import Event

F = TypeVar("F", bound=Callable[..., object])


class Handles(Entrypoint):
    """A method that is called with (transaction, event) for each event of these types, once in effect."""

    consumer = EventConsumer()
    platform = Platform()

    def __init__(self, *event_types: type[Event], **options: Any) -> None:
        self.event_types = event_types
        super().__init__(**options)

    def setup(self) -> None:
        """Tell the consumer which events this method wants."""
        self.consumer.register(self)

    def stop(self) -> None:
        """Return when no event is in hand; nameko stops what they need after its entrypoints."""
        self.consumer.stop()

    def handle(self, whole: Transaction, envelopes: Sequence[Envelope[Event]]) -> None:
        """Call the method for each event, as a part of the transaction with the event as its cause."""
        for envelope in envelopes:
            with traced(envelope.traceparent, event_type=envelope.type, event_id=envelope.id):
                self.platform.call(self, whole.part(envelope), envelope.data)


class HandlesBatch(Handles):
    """A method that is called with (transaction, envelopes) for all such events that share a transaction.

    Its own events tell their cause when it emits them through `transaction.part(envelope)`.
    """

    def handle(self, whole: Transaction, envelopes: Sequence[Envelope[Event]]) -> None:
        """Call the method once, in the trace of the first event."""
        first = envelopes[0]
        with traced(first.traceparent, event_type=first.type, event_id=first.id):
            self.platform.call(self, whole, envelopes)


def handles(*event_types: type[Event]) -> Callable[[F], F]:
    """Let a service's method handle events of these types."""
    return Handles.decorator(*event_types)  # type: ignore[no-any-return]


def handles_batch(*event_types: type[Event]) -> Callable[[F], F]:
    """Let a service's method handle events of these types together, as many as share a transaction."""
    return HandlesBatch.decorator(*event_types)  # type: ignore[no-any-return]
