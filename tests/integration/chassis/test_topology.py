"""The queues of the events, on a real broker."""

from contextlib import closing
from functools import partial

import pytest
from kombu import Queue

from chassis import topology
from chassis.broker import connect
from contracts.events import SUBSCRIPTIONS
from tests.processes import wait_until

REDELIVERED_BY_RABBITMQ_4 = 20
"""So often by default, and then the message is dropped."""

QUEUES = [
    queue
    for consumer in SUBSCRIPTIONS
    for queue in (
        topology.queue_of(consumer),
        topology.retry_queue(consumer, 5.0),
        topology.parked_queue(consumer),
    )
]


@pytest.mark.parametrize("queue", QUEUES, ids=lambda queue: queue.name)
def test_no_queue_of_events_is_left_to_the_brokers_own_limit(queue: Queue) -> None:
    """Nor to -1, which 3.10 takes for "never again"."""
    assert queue.queue_arguments["x-delivery-limit"] > 1000 * REDELIVERED_BY_RABBITMQ_4


def test_an_event_outlives_many_processes_that_die_with_it_in_hand(vhost: str) -> None:
    """A limit that the broker understands otherwise would have dropped it on the way."""
    with connect(vhost) as connection:
        topology.declare(connection.channel())
        name = topology.queue_of("display").name
        connection.Producer().publish(b"event", exchange="", routing_key=name)
        for _death in range(2 * REDELIVERED_BY_RABBITMQ_4):
            with closing(connection.channel()) as channel:
                wait_until(partial(_takes, Queue(name)(channel)))


def _takes(queue: Queue) -> bool:
    return queue.get() is not None
