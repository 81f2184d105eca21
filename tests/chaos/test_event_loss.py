"""Power cuts: a service killed between commit and publish, a broker killed under load.

Nothing is lost or doubled. Each guard has a negative control: with the guard taken off, the same scenario
loses or doubles events.
"""

from collections.abc import Callable
from functools import partial

import pytest

from chassis.database import Database
from cli.servers.rabbitmq import RabbitMQ
from tests.integration.chassis.conftest import PROBE, Probe, probe_database
from tests.integration.chassis.probe import Announce, announcement
from tests.processes import Process, service_command, wait_until
from tests.proxy import Proxy
from tests.wire import Wire

__all__ = ["probe_database"]

pytestmark = pytest.mark.timeout(300)

KILLS = 20
LOAD = 2000

DELETED = "SELECT n_tup_del FROM pg_stat_user_tables WHERE relname = 'outbox'"
"""How many events were committed and then forgotten; an empty table may be one that was not written yet."""


def kill_between_commit_and_publish(probe: Probe, wire: Wire, proxy: Proxy, version: int) -> None:
    """Let the probe commit an event while nothing that it sends reaches the broker, and kill it then."""
    proxy.hold_upstream()
    wire.send_raw(Announce.queue(), wire.request_body([announce(version)]))
    wait_until(lambda: probe.count("SELECT count(*) FROM outbox") == 1 or version in effects(probe))
    probe.process.kill()
    proxy.let_flow()


def announce(version: int) -> Announce:
    """Ask for one event with this version."""
    return Announce(word="TRK", first=version, count=1)


def effects(probe: Probe) -> list[int]:
    """List the versions of the events that had an effect, doubled ones twice."""
    return [int(str(version)) for (version,) in probe.rows("SELECT version FROM effect ORDER BY version")]


def all_once(probe: Probe, count: int) -> bool:
    """Whether each of the first `count` versions had its effect, and none twice."""
    return effects(probe) == list(range(1, count + 1))


def test_a_service_killed_between_commit_and_publish_loses_no_event(
    probe_database: str,
    vhost: str,
    wire: Wire,
    process: Callable[..., Process],
    proxy: Callable[[str], Proxy],
) -> None:
    """Twenty power cuts at the worst moment; every event arrives and has its effect once."""
    network = proxy(vhost)
    environment = {"DATABASE_URL": probe_database, "AMQP_URL": network.url(vhost)}
    probe = Probe(process(service_command(PROBE), environment).start(), probe_database)
    for version in range(1, KILLS + 1):
        kill_between_commit_and_publish(probe, wire, network, version)
        assert version not in effects(probe)
        probe.process.start()
        wait_until(partial(all_once, probe, version), why=probe.process.log)


def test_negative_control_a_relay_that_does_not_wait_for_confirms_loses_it(
    probe_database: str,
    vhost: str,
    wire: Wire,
    process: Callable[..., Process],
    proxy: Callable[[str], Proxy],
) -> None:
    """The same power cut, with the relay's guard off: the row is gone and the event with it."""
    network = proxy(vhost)
    environment = {"DATABASE_URL": probe_database, "AMQP_URL": network.url(vhost)}
    unguarded = "tests.integration.chassis.without_confirms:ProbeService"
    probe = Probe(process(service_command(unguarded), environment).start(), probe_database)
    network.hold_upstream()
    wire.send_raw(Announce.queue(), wire.request_body([announce(1)]))
    wait_until(lambda: probe.count(DELETED) == 1)
    probe.process.kill()
    network.let_flow()
    probe.process.start()
    assert wire.ask(announce(2)).word == "TRK"
    wait_until(lambda: 2 in effects(probe))
    assert effects(probe) == [2]


def test_a_relay_that_hangs_holds_no_event_back(
    probe_database: str,
    vhost: str,
    wire: Wire,
    process: Callable[..., Process],
    proxy: Callable[[str], Proxy],
) -> None:
    """Another replica's relay takes over after a moment; when the first comes back nothing is doubled."""
    network = proxy(vhost)
    hanging = {"DATABASE_URL": probe_database, "AMQP_URL": network.url(vhost)}
    first = Probe(process(service_command(PROBE), hanging).start(), probe_database)
    network.hold_upstream()
    wire.send_raw(Announce.queue(), wire.request_body([announce(1)]))
    wait_until(lambda: first.count("SELECT count(*) FROM outbox") == 1)
    healthy = {"DATABASE_URL": probe_database, "AMQP_URL": vhost}
    process(service_command(PROBE), healthy).start()
    wait_until(partial(all_once, first, 1), why=first.process.log)
    network.let_flow()
    commit_events(first, first=2, count=1)
    wait_until(partial(all_once, first, 2), why=first.process.log)


def test_a_broker_killed_under_load_loses_and_doubles_nothing(
    probe_database: str, fragile_broker: RabbitMQ, process: Callable[..., Process]
) -> None:
    """2,000 events, half of them committed while the broker is down: each has its effect once.

    Some go alone, and some with others in one message.
    """
    environment = {"DATABASE_URL": probe_database, "AMQP_URL": fragile_broker.add_vhost("load")}
    probe = Probe(process(service_command(PROBE), environment), probe_database)
    commit_events(probe, first=1, count=LOAD // 4)
    commit_events(probe, first=LOAD // 4 + 1, count=LOAD // 4, together=5)
    probe.process.start()
    wait_until(lambda: len(effects(probe)) > LOAD // 20)
    fragile_broker.kill()
    assert len(effects(probe)) < LOAD // 2
    commit_events(probe, first=LOAD // 2 + 1, count=LOAD // 2)
    fragile_broker.start()
    wait_until(lambda: len(set(effects(probe))) == LOAD, seconds=90, why=probe.process.log)
    assert effects(probe) == list(range(1, LOAD + 1))


def commit_events(probe: Probe, *, first: int, count: int, together: int = 1) -> None:
    """Commit events into the probe's outbox, so many in a transaction, as its other replicas do."""
    database = Database(probe.url)
    for begin in range(first, first + count, together):
        with database.transaction() as transaction:
            for version in range(begin, begin + together):
                transaction.emit(announcement("TRK", version))
    database.engine.dispose()


@pytest.mark.parametrize(
    ("target", "doubled"), [(PROBE, False), (PROBE.replace("probe:", "without_inbox:"), True)]
)
def test_a_relay_that_crashed_before_it_could_forget_doubles_no_effect(
    probe_database: str, wire: Wire, process: Callable[..., Process], target: str, doubled: bool
) -> None:
    """Envelopes published again have no second effect; without the inbox they have (negative control)."""
    environment = {"DATABASE_URL": probe_database, "AMQP_URL": wire.amqp_url}
    probe = Probe(process(service_command(target), environment).start(), probe_database)
    envelopes = wire.publish(*(announcement("TRK", version) for version in range(1, 11)))
    wait_until(partial(all_once, probe, 10))
    wire.publish_again(*envelopes)
    wire.publish(announcement("TRK", 11))
    wait_until(lambda: wire.queue_length("antrean.display") == 0 and 11 in effects(probe))
    settled = [
        f'antrean_event_seconds_count{{event="CounterOpened",outcome="{outcome}"}}'
        for outcome in ("done", "duplicate")
    ]
    wait_until(lambda: sum(probe.process.metric(sample) for sample in settled) == 21)
    assert (len(effects(probe)) > 11) is doubled
