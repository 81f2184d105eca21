"""Events and requests at the same time, and more of both than there are workers or connections."""

from collections.abc import Callable
from functools import partial

import psycopg

from tests.integration.chassis.conftest import PROBE, Probe
from tests.integration.chassis.probe import Say, SayTogether
from tests.integration.chassis.test_events import scanned
from tests.integration.chassis.test_requests import IN_HAND
from tests.processes import Process, service_command, wait_until
from tests.wire import Wire

EVENTS, REQUESTS = 200, 64


def test_a_rush_of_events_and_one_of_requests_do_not_wait_for_each_other_for_ever(
    probe_database: str, vhost: str, process: Callable[..., Process], wire: Wire
) -> None:
    """Whoever holds a connection has a worker too; else each side holds what the other waits for."""
    scarce = {"WORKERS": "4", "DATABASE_CONNECTIONS": "4"}
    environment = {"DATABASE_URL": probe_database, "AMQP_URL": vhost, **scarce}
    probe = Probe(process(service_command(PROBE), environment).start(), probe_database)
    with psycopg.connect(probe_database) as blocker:
        blocker.execute("LOCK TABLE effect")
        wire.publish(*(scanned(f"t{n}") for n in range(EVENTS)))
        wait_until(lambda: wire.queue_length("antrean.display") < EVENTS)
        body = wire.request_body([Say(word="HEY")] * REQUESTS, ids=[f"r{n}" for n in range(REQUESTS)])
        wire.send_raw(Say.queue(), body)
    for n in range(REQUESTS):
        reply: list[bytes] = []
        wire.wait_for(partial(wire.take_reply, f"r{n}", reply))
        assert b"refused" not in reply[0]
    wait_until(lambda: probe.count("SELECT count(*) FROM effect") == EVENTS)


def test_a_request_that_became_overdue_while_it_waited_its_turn_is_not_worked_on(
    probe_database: str, vhost: str, process: Callable[..., Process], wire: Wire
) -> None:
    """In time when it came, too late when a worker was free for it: its effect would surprise."""
    environment = {"DATABASE_URL": probe_database, "AMQP_URL": vhost, "WORKERS": "1"}
    probe = Probe(process(service_command(PROBE), environment).start(), probe_database)
    slow = Say(word="HEY", delay_seconds=2.5)
    wire.send_raw(slow.queue(), wire.request_body([slow]), seconds=60)
    wait_until(lambda: probe.count(IN_HAND) == 1)
    for request in (Say(word="OLD"), SayTogether(word="OLD")):
        wire.send_raw(request.queue(), wire.request_body([request], seconds=1), seconds=60)
    for request_type in ("Say", "SayTogether"):
        overdue = f'antrean_requests_expired_total{{request="{request_type}"}}'
        wait_until(partial(counted_one, probe, overdue), why=probe.process.log)
    assert probe.rows("SELECT word FROM said") == [("HEY",)]


def counted_one(probe: Probe, metric: str) -> bool:
    """Whether a counter has counted one."""
    return probe.process.metric(metric) == 1
