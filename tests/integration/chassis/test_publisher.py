"""Publishing with confirms, against a real broker."""

from collections.abc import Callable
from functools import partial

from chassis import topology
from chassis.broker import connect
from chassis.database import Database
from chassis.publication import Publication
from chassis.publisher import Publisher
from tests.integration.chassis.conftest import PROBE, Probe
from tests.integration.chassis.probe import Announce, announcement
from tests.processes import Process, service_command, wait_until
from tests.proxy import Proxy
from tests.wire import Wire


def publication(key: int, queue: str) -> Publication:
    """Make a message for a queue."""
    return Publication(key=key, exchange="", routing_key=queue, message_id=f"m{key}", body=b"x")


def effects_are(count: int, probe: Probe) -> bool:
    """Whether so many events have taken effect."""
    return probe.count("SELECT count(*) FROM effect") == count


def test_a_batch_tells_what_a_queue_has_and_what_no_queue_took(vhost: str) -> None:
    """A message without a queue is confirmed by the broker all the same; the return tells them apart."""
    with connect(vhost) as connection:
        connection.channel().queue_declare("kept", durable=True, auto_delete=False)
        queues = ["kept", "nowhere", "kept"]
        batch = Publisher(connection).publish(publication(key, queue) for key, queue in enumerate(queues))
    assert sorted(batch.confirmed) == [0, 2]
    assert [lost.key for lost in batch.unrouted] == [1]


def test_transient_messages_between_batches_are_no_part_of_them(vhost: str) -> None:
    """The broker confirms them as well, and nobody may be confused by that."""
    with connect(vhost) as connection:
        connection.channel().queue_declare("kept", durable=True, auto_delete=False)
        publisher = Publisher(connection)
        for key in range(20):
            publisher.publish_transient(publication(100 + key, "nowhere"))
            assert publisher.publish([publication(key, "kept")]).confirmed == [key]


def test_two_batches_can_be_on_their_way(vhost: str) -> None:
    """Each has the confirms of its own messages, whichever is waited for first."""
    with connect(vhost) as connection:
        connection.channel().queue_declare("kept", durable=True, auto_delete=False)
        publisher = Publisher(connection)
        first = publisher.send(publication(key, "kept") for key in range(100))
        second = publisher.send(publication(key, "kept") for key in range(100, 150))
        publisher.wait_for(second)
        publisher.wait_for(first)
    assert (sorted(first.confirmed), sorted(second.confirmed)) == (list(range(100)), list(range(100, 150)))


def test_an_event_whose_queue_was_deleted_waits_until_it_exists_again(probe: Probe, wire: Wire) -> None:
    """The relay keeps what a subscriber should have had, and declares the queue anew."""
    wire.channel.queue_delete("antrean.display")
    assert wire.ask(Announce(word="TRK", first=1, count=3)).word == "TRK"
    wait_until(lambda: probe.count("SELECT count(*) FROM effect") == 3, why=probe.process.log)
    assert probe.count("SELECT count(*) FROM outbox") == 0


def test_a_consumer_hears_a_queue_that_was_deleted_and_at_once_declared_again(
    probe_database: str, vhost: str, process: Callable[..., Process], wire: Wire
) -> None:
    """The broker does not tell the consumer, and delivers to it no more; it must find out by itself."""
    environment = {"DATABASE_URL": probe_database, "AMQP_URL": vhost}
    impatient = service_command(PROBE.replace("probe:", "impatient:"))
    probe = Probe(process(impatient, environment).start(), probe_database)
    with connect(vhost) as connection:
        channel = connection.channel()
        for times in range(1, 6):
            channel.queue_delete("antrean.display")
            topology.declare(channel)
            wire.publish(announcement("TRK", times))
            wait_until(partial(effects_are, times, probe), why=probe.process.log)


def test_the_events_of_a_program_without_a_relay_are_published(probe: Probe) -> None:
    """A relay that is at work finds them in the table after a moment."""
    database = Database(probe.url)
    with database.transaction() as transaction:
        transaction.emit(announcement("TRK", 1))
    wait_until(lambda: probe.count("SELECT count(*) FROM effect") == 1, why=probe.process.log)


def test_the_outbox_is_measured_while_the_broker_is_away(
    probe_database: str, vhost: str, process: Callable[..., Process], proxy: Callable[[str], Proxy]
) -> None:
    """An operator sees its events grow old although nothing can be published."""
    network = proxy(vhost)
    environment = {"DATABASE_URL": probe_database, "AMQP_URL": network.url(vhost)}
    probe = process(service_command(PROBE), environment).start()
    network.close()
    database = Database(probe_database)
    with database.transaction() as transaction:
        transaction.emit(announcement("TRK", 1))
    wait_until(lambda: probe.metric("antrean_outbox_waiting") == 1)
    wait_until(lambda: probe.metric("antrean_outbox_oldest_seconds") > 1)
    assert probe.metric("antrean_database_connected") == 1
    assert probe.metric('antrean_broker_connected{part="relay"}') == 0
