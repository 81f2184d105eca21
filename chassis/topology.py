"""Exchanges and queues of the events; every process declares all of them at its start.

    antrean.events  (topic) ─┐  *.<producer>.<Event>
    antrean.private (topic) ─┴─▶ antrean.<consumer>            quorum, the consumer's one queue
                                   │ a handler raises
                                   ├─▶ antrean.<consumer>.retry.5s ───┐ after its time the broker
                                   ├─▶ antrean.<consumer>.retry.30s ──┤ puts it back into
                                   ├─▶ antrean.<consumer>.retry.300s ─┘ antrean.<consumer>
                                   └─▶ antrean.<consumer>.parked        after the last attempt, or
                                                                        at once when undecodable

A queue is named for its consumer, so replicas compete and a renamed method loses nothing. Who
publishes declares the queues of who listens, so the order in which processes first start is free.
Retry queues dead-letter at least once: the broker forgets a message only when its queue has it again.
"""

from collections.abc import Sequence

from kombu import Exchange, Queue, binding

from contracts.events import SUBSCRIPTIONS, Event

EXCHANGES = {
    name: Exchange(name, type="topic", durable=True) for name in ("antrean.events", "antrean.private")
}
_QUORUM = {"x-queue-type": "quorum", "x-delivery-limit": 1_000_000}
"""RabbitMQ 4 drops what was redelivered 20 times, and every process that dies redelivers what it had in hand.

To 4 a limit of -1 is none; 3.10 takes it for 0 and drops at the first redelivery. Both know a high one.
"""


def queue_of(consumer: str) -> Queue:
    """Return the consumer's queue, bound to all that it subscribes to."""
    return Queue(
        f"antrean.{consumer}",
        bindings=[_binding(event_type) for event_type in SUBSCRIPTIONS[consumer]],
        durable=True,
        queue_arguments=_QUORUM,
    )


def retry_queue(consumer: str, wait_seconds: float) -> Queue:
    """Return the queue in which an event waits for its next attempt; another wait is another queue."""
    arguments = {
        **_QUORUM,
        "x-message-ttl": round(wait_seconds * 1000),
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": f"antrean.{consumer}",
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }
    return Queue(f"antrean.{consumer}.retry.{wait_seconds:g}s", durable=True, queue_arguments=arguments)


def parked_queue(consumer: str) -> Queue:
    """Return the queue of what was given up, kept for the operator."""
    return Queue(f"antrean.{consumer}.parked", durable=True, queue_arguments=_QUORUM)


def declare(channel: object) -> None:
    """Make every exchange, consumer's queue and parked queue exist; does nothing where they do."""
    for exchange in EXCHANGES.values():
        exchange(channel).declare()
    for consumer in SUBSCRIPTIONS:
        queue_of(consumer)(channel).declare()
        parked_queue(consumer)(channel).declare()


def declare_retries(channel: object, consumer: str, waits_seconds: Sequence[float]) -> None:
    """Make the queues exist in which a consumer's failed events wait."""
    for wait_seconds in waits_seconds:
        retry_queue(consumer, wait_seconds)(channel).declare()


def _binding(event_type: type[Event]) -> binding:
    return binding(
        EXCHANGES[event_type.exchange], routing_key=f"*.{event_type.producer}.{event_type.__name__}"
    )
