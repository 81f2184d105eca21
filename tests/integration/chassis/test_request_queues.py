"""Where a queue of requests cannot be had, as its node is away."""

import pika

from tests.integration.chassis.conftest import Probe
from tests.integration.chassis.lasting import lasting_probe, probe, probe_database, vhost
from tests.integration.chassis.probe import Say, SayTogether
from tests.processes import wait_until
from tests.wire import Wire

__all__ = ["lasting_probe", "probe", "probe_database", "vhost"]


def test_a_queue_that_cannot_be_had_keeps_no_other_request_from_being_answered(
    probe: Probe, wire: Wire, vhost: str
) -> None:
    """As where the node that has it is away; once it can be had its requests are answered again."""
    wire.channel.queue_delete(Say.queue())
    wire.channel.queue_declare(Say.queue(), durable=True, arguments={"x-max-length": 1})
    wait_until(lambda: "request_queue_away" in probe.process.log())
    assert wire.ask(SayTogether(word="HEY")).word == "HEY"
    wire.channel.queue_delete(Say.queue())
    wait_until(lambda: _is_consumed(vhost, Say.queue()))
    assert wire.ask(Say(word="YOU")).word == "YOU"


def _is_consumed(amqp_url: str, queue: str) -> bool:
    """Look without making it: the channel of who asks for a queue that is not there is closed."""
    with pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection:
        try:
            return bool(connection.channel().queue_declare(queue, passive=True).method.consumer_count)
        except pika.exceptions.ChannelClosedByBroker:
            return False
