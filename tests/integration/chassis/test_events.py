"""Durable events, against a real service process: once in effect, tried again, parked, replayed."""

from datetime import UTC, date, datetime

import pika
import psycopg
import pytest

from chassis.parking import parked, replay
from contracts.envelope import decode, enclose, encode
from contracts.events import Event, TicketScanned
from contracts.trace import new_traceparent
from tests.integration.chassis.conftest import Probe
from tests.integration.chassis.lasting import lasting_probe, probe, probe_database, vhost
from tests.integration.chassis.probe import announcement
from tests.processes import wait_until
from tests.wire import Wire

__all__ = ["lasting_probe", "probe", "probe_database", "vhost"]

DUPLICATES = 'antrean_event_seconds_count{event="TicketScanned",outcome="duplicate"}'
UNDECODABLE = 'antrean_events_parked_total{reason="undecodable"}'


def scanned(ticket_id: str, display_name: str | None = None, version: int = 1) -> TicketScanned:
    """Make an event about a ticket."""
    return TicketScanned(
        version=version,
        ticket_id=ticket_id,
        office="TRK",
        date=date(2026, 11, 23),
        number="A-001",
        service="new",
        priority="regular",
        state="waiting",
        person_id=None,
        display_name=display_name,
        counter=None,
        calls=0,
        scanned_at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
        turn_at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
        waiting_since=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
        called_at=None,
        finished_at=None,
    )


def test_an_event_takes_effect(probe: Probe, wire: Wire) -> None:
    """The handler sees the event, and the id of its envelope as the cause of what it does."""
    (envelope,) = wire.publish(scanned("t1"))
    wait_until(
        lambda: probe.rows("SELECT event_id, subject, version FROM effect") == [(envelope.id, "t1", 1)]
    )


def test_an_event_delivered_many_times_takes_effect_once(probe: Probe, wire: Wire) -> None:
    """Copies that arrive side by side wait for the first one's commit and then do nothing."""
    before = probe.process.metric(DUPLICATES)
    envelopes = wire.publish(*(scanned(f"t{n}") for n in range(20)))
    for _ in range(5):
        wire.publish_again(*envelopes)
    wire.publish(scanned("last"))
    wait_until(lambda: probe.count("SELECT count(DISTINCT event_id) FROM effect") == 21)
    wait_until(lambda: probe.process.metric(DUPLICATES) == before + 100)
    assert probe.count("SELECT count(*) FROM effect") == 21


@pytest.mark.parametrize(
    "rush",
    [
        pytest.param([scanned(f"t{n}") for n in range(500)], id="handled one by one"),
        pytest.param([announcement("TRK", n) for n in range(1, 501)], id="handled together"),
    ],
)
def test_a_rush_of_events_shares_few_transactions(probe: Probe, wire: Wire, rush: list[Event]) -> None:
    """Each has its effect once, under its own cause, however few the commits were."""
    sent = wire.publish(*rush)
    wait_until(lambda: probe.count("SELECT count(*) FROM effect") == 500)
    assert probe.rows("SELECT event_id FROM effect ORDER BY event_id") == sorted(
        (envelope.id,) for envelope in sent
    )
    assert len(probe.rows("SELECT DISTINCT xmin::text FROM effect")) < 250


def test_a_failing_handler_leaves_nothing_and_is_tried_again_until_it_succeeds(
    probe: Probe, wire: Wire
) -> None:
    """Two failures, then success: one effect, and nothing parked."""
    wire.publish(scanned("t1", "fail:2"))
    wait_until(lambda: probe.count("SELECT count(*) FROM effect") == 1)
    assert probe.count("SELECT count(*) FROM attempt") == 3
    assert wire.queue_length("antrean.display.parked") == 0


def test_an_event_that_always_fails_is_parked_and_can_be_replayed(
    probe: Probe, wire: Wire, vhost: str
) -> None:
    """After four attempts, or five when the first was together with others, it lies parked with its reason.

    Replayed, it takes effect.
    """
    wire.publish(scanned("t0"), scanned("t1", "fail:5"), scanned("t2"))
    wait_until(lambda: wire.queue_length("antrean.display.parked") == 1)
    (lying,) = parked(vhost, "display")
    assert (lying.event_type, lying.attempts) == ("TicketScanned", 4)
    assert lying.reason.startswith("ProbeFailure: attempt")
    assert probe.count("SELECT count(*) FROM effect") == 2
    assert replay(vhost, "display", lying.event_id) == 1
    wait_until(lambda: probe.count("SELECT count(*) FROM effect WHERE subject = 't1'") == 1)
    assert parked(vhost, "display") == []


def test_of_events_in_one_message_only_the_one_that_fails_waits(probe: Probe, wire: Wire, vhost: str) -> None:
    """The others have their effect once; that one is tried again and parked as an event of its own."""
    sent = wire.publish_together(scanned("t0"), scanned("t1", "fail:9"), scanned("t2"))
    wait_until(lambda: wire.queue_length("antrean.display.parked") == 1)
    (lying,) = parked(vhost, "display")
    assert (lying.event_id, lying.event_type) == (sent[1].id, "TicketScanned")
    assert decode(lying.body) == sent[1]
    assert probe.rows("SELECT subject FROM effect ORDER BY subject") == [("t0",), ("t2",)]


def test_of_events_in_one_message_only_the_unreadable_one_is_parked(
    probe: Probe, wire: Wire, vhost: str
) -> None:
    """The others have their effect; a replay needs no more than that one."""
    good = [enclose(scanned(name), now=datetime.now(UTC), traceparent=new_traceparent()) for name in "ab"]
    bad = b'{"id":"0","type":"FromTomorrow"}'
    body = b"[%b,%b,%b]" % (encode(good[0]), bad, encode(good[1]))
    wire.channel.basic_publish("antrean.events", "TRK.checkin.TicketScanned", body)
    wait_until(lambda: probe.count("SELECT count(*) FROM effect") == 2, why=probe.process.log)
    wait_until(lambda: wire.queue_length("antrean.display.parked") == 1)
    assert [lying.body for lying in parked(vhost, "display")] == [bad]
    assert probe.rows("SELECT subject FROM effect ORDER BY subject") == [("a",), ("b",)]


def test_a_message_of_several_events_takes_effect_in_one_transaction(probe: Probe, wire: Wire) -> None:
    """Each is in effect once, also when some of them come again as messages of their own."""
    sent = wire.publish_together(*(scanned(f"t{n}") for n in range(64)))
    wire.publish_again(*sent[:5])
    wire.publish(scanned("last"))
    wait_until(lambda: probe.count("SELECT count(*) FROM effect WHERE subject = 'last'") == 1)
    assert probe.count("SELECT count(*) FROM effect") == 65
    assert len(probe.rows("SELECT DISTINCT xmin::text FROM effect")) < 10


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", b"null", b'{"type": "TicketScanned"}', b'{"specversion": "1.0"}', b"[]", b"[{}]"],
)
def test_what_cannot_be_decoded_is_parked_at_once_byte_for_byte(
    probe: Probe, wire: Wire, vhost: str, body: bytes
) -> None:
    """The operator finds the bytes as they came; the events behind it go on."""
    wire.channel.basic_publish("antrean.events", "TRK.checkin.TicketScanned", body)
    wire.publish(scanned("t1"))
    wait_until(lambda: wire.queue_length("antrean.display.parked") == 1)
    wait_until(lambda: probe.count("SELECT count(*) FROM effect") == 1)
    (lying,) = parked(vhost, "display")
    assert lying.body == body
    assert lying.reason.startswith("undecodable")


@pytest.mark.parametrize(
    "properties",
    [
        pika.BasicProperties(headers={"compression": "application/x-gzip"}),
        pika.BasicProperties(headers={"x-antrean-attempt": "many"}),
        pika.BasicProperties(content_encoding="utf-16"),
    ],
)
def test_what_its_properties_make_unreadable_is_parked_byte_for_byte(
    probe: Probe, wire: Wire, vhost: str, properties: pika.BasicProperties
) -> None:
    """Whatever another program put on a message, the consumer lives on and the bytes are kept."""
    wire.channel.basic_publish("antrean.events", "TRK.checkin.TicketScanned", b"\xff\xfea\x00", properties)
    wire.publish(scanned("t1"))
    wait_until(lambda: wire.queue_length("antrean.display.parked") == 1, why=probe.process.log)
    wait_until(lambda: probe.count("SELECT count(*) FROM effect") == 1)
    assert [lying.body for lying in parked(vhost, "display")] == [b"\xff\xfea\x00"]


def test_an_event_with_a_malformed_trace_takes_effect_all_the_same(probe: Probe, wire: Wire) -> None:
    """Whose trace it belongs to is for the log alone."""
    wire.publish(scanned("t1"), traceparent="nonsense")
    wait_until(lambda: probe.count("SELECT count(*) FROM effect") == 1, why=probe.process.log)


def test_replaying_what_is_still_undecodable_parks_it_again(probe: Probe, wire: Wire, vhost: str) -> None:
    """Replay ends although the queue fills behind it, and loses nothing."""
    before = probe.process.metric(UNDECODABLE)
    for n in range(3):
        wire.channel.basic_publish("antrean.events", "TRK.checkin.TicketScanned", b"garbage %d" % n)
    wait_until(lambda: wire.queue_length("antrean.display.parked") == 3)
    assert replay(vhost, "display") == 3
    wait_until(lambda: probe.process.metric(UNDECODABLE) == before + 6)
    assert sorted(one.body for one in parked(vhost, "display")) == [b"garbage 0", b"garbage 1", b"garbage 2"]


def test_a_database_that_is_away_uses_up_no_attempt(probe: Probe, wire: Wire, probe_database: str) -> None:
    """Events wait for it; none is parked although it is away for longer than all the retries take."""
    name = probe_database.rsplit("/", 1)[1]
    server = probe_database.rsplit("/", 1)[0] + "/postgres"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        wire.publish(*(scanned(f"t{n}") for n in range(30)))
        wait_until(lambda: not probe.process.is_ready())
        wait_until(lambda: probe.process.log().count("database_away") > 5)
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    wait_until(lambda: probe.count("SELECT count(*) FROM effect") == 30)
    assert wire.queue_length("antrean.display.parked") == 0


def test_the_trace_of_an_event_is_in_the_log_of_its_handler(probe: Probe, wire: Wire) -> None:
    """One trace id leads from the request at the gateway to every line about its consequences."""
    traceparent = new_traceparent()
    wire.publish(scanned("t1", "fail"), traceparent=traceparent)
    wait_until(lambda: wire.queue_length("antrean.display.parked") == 1)
    failures = [line for line in probe.process.log().splitlines() if "event_handler_failed" in line]
    assert traceparent.split("-")[1] in failures[-1]


def test_events_published_before_the_consumer_ever_ran_are_not_lost(probe: Probe, wire: Wire) -> None:
    """The probe declares check-in's and notify's queues too, so they keep what is for them."""
    wire.channel.basic_publish("antrean.events", "TRK.checkin.CounterCalled", b"x")
    wait_until(lambda: wire.queue_length("antrean.notify") == 1)
