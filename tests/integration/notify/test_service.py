"""The notify process: RabbitMQ in, providers out, and what a power cut in the middle does."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis import migrate
from contracts.events import MessageDelivered, MessageFailed
from tests.integration.sandbox.provider import Sandbox
from tests.processes import Process, service_command, wait_until
from tests.unit.notify.samples import contact_changed, counter_called, office_changed, slot_booked
from tests.wire import Wire

SERVICE = service_command("services.notify.service:NotifyService")
LEASE_SECONDS = 2


@pytest.fixture
def describe(
    process: Callable[..., Process], database: Callable[[str], str], vhost: str, sandbox: Sandbox
) -> Callable[[], Process]:
    """`describe()` makes one more notify process on the same database and broker."""
    url = database("notify")
    migrate.upgrade("services.notify", url)
    environment = {
        **sandbox.environment(),
        "DATABASE_URL": url,
        "AMQP_URL": vhost,
        "LEASE_SECONDS": str(LEASE_SECONDS),
    }
    return lambda: process(SERVICE, environment)


@pytest.fixture
def service(describe: Callable[[], Process]) -> Process:
    """A running notify."""
    return describe().start()


@pytest.fixture
def known(service: Process, wire: Wire, phone: str, mailbox: str) -> None:
    """Notify has heard of the office and the person."""
    wire.publish(office_changed(), contact_changed(phone=phone, email=mailbox))


def booked_now(**changes: Any) -> Any:
    """A booking whose slot is not over yet, whenever the test runs."""
    starts_at = datetime.now(UTC) + timedelta(days=1)
    return slot_booked(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), **changes)


def called_now(**changes: Any) -> Any:
    """A call of this moment, on this day."""
    now = datetime.now(UTC)
    return counter_called(**{"called_at": now, "date": now.date(), **changes})


@pytest.mark.usefixtures("known")
def test_a_called_citizen_has_the_message_within_a_second(sandbox: Sandbox, wire: Wire, phone: str) -> None:
    """From the event on the broker to the phone: the median of ten calls, which come one after the other."""
    waits: list[float] = []
    for number in range(10):
        begun = time.monotonic()
        wire.publish(called_now(ticket_id=f"01976a00-0000-7000-8000-{number:012}"))
        wait_until(lambda: len(sandbox.received(phone)) == number + 1)  # noqa: B023  called before the next number
        waits.append(time.monotonic() - begun)
    assert sorted(waits)[5] < 1.0, waits


@pytest.mark.usefixtures("known")
def test_deliveries_are_told_in_private(wire: Wire, phone: str, mailbox: str) -> None:
    """One event for each channel, caused by the booking."""
    listener = wire.listen("*.notify.*", "-.notify.*", exchange="antrean.private")
    everybody = wire.listen("#.MessageDelivered")
    [booked] = wire.publish(booked_now())
    listener.wait_for(2)
    assert {type(event) for event in listener.events} == {MessageDelivered}
    assert everybody.events == []
    assert {envelope.causation_id for envelope in listener.envelopes} == {booked.id}
    assert {envelope.traceparent.split("-")[1] for envelope in listener.envelopes} == {
        booked.traceparent.split("-")[1]
    }


@pytest.mark.usefixtures("service")
def test_a_contact_that_comes_after_the_booking_frees_the_message(
    sandbox: Sandbox, wire: Wire, phone: str, mailbox: str
) -> None:
    """Two exchanges keep no order between each other."""
    wire.publish(office_changed(), booked_now())
    wire.publish(contact_changed(phone=phone, email=mailbox))
    wait_until(lambda: sandbox.received(phone) and sandbox.received(mailbox))


@pytest.mark.usefixtures("known")
def test_an_event_that_is_published_twice_is_told_once(sandbox: Sandbox, wire: Wire, phone: str) -> None:
    """With the same id (a relay that crashed) and with another one."""
    call = called_now()
    [envelope] = wire.publish(call)
    wire.publish_again(envelope)
    wire.publish(call)
    wait_until(lambda: sandbox.received(phone))
    wire.publish(called_now(version=3, calls=2))
    wait_until(lambda: len(sandbox.received(phone)) >= 2)
    wait_until(lambda: wire.queue_length("antrean.notify") == 0)
    assert len(sandbox.received(phone)) == 2


@pytest.mark.usefixtures("known")
def test_a_silent_provider_delays_no_other_channel_and_no_later_call(
    sandbox: Sandbox, wire: Wire, phone: str, mailbox: str
) -> None:
    """Three WhatsApp messages get no answer; the e-mail and the next call go out meanwhile."""
    sandbox.fail({"channel": "whatsapp", "kind": "silent", "times": 3, "to": phone, "seconds": 20})
    ids = [f"01976a00-0000-7000-8000-{number:012}" for number in range(4)]
    wire.publish(*(called_now(ticket_id=ticket_id) for ticket_id in ids[:3]))
    wait_until(lambda: sandbox.faults() == [])
    begun = time.monotonic()
    wire.publish(booked_now(), called_now(ticket_id=ids[3], number="A-099"))
    wait_until(lambda: sandbox.received(mailbox))
    wait_until(lambda: any("A-099" in message["text"] for message in sandbox.received(phone)))
    assert time.monotonic() - begun < 5


@pytest.mark.usefixtures("known")
def test_a_refused_message_is_told_as_failed(sandbox: Sandbox, wire: Wire, phone: str) -> None:
    """With the provider's reason."""
    sandbox.fail({"channel": "whatsapp", "kind": "refused", "to": phone})
    listener = wire.listen("#.MessageFailed", exchange="antrean.private")
    wire.publish(called_now())
    [failed] = listener.wait_for(1)
    assert isinstance(failed, MessageFailed)
    assert failed.reason == "WhatsApp 131026: (#131026) Message undeliverable"


def test_a_message_in_flight_at_a_power_cut_is_sent_again(
    describe: Callable[[], Process], sandbox: Sandbox, wire: Wire, phone: str, mailbox: str
) -> None:
    """At least once: the provider took it, the process died before it could write that down.

    The second copy carries the same reference, and the outcome is told once.
    """
    doomed = describe().start()
    listener = wire.listen("#.MessageDelivered", exchange="antrean.private")
    wire.publish(office_changed(), contact_changed(phone=phone, email=mailbox))
    sandbox.fail({"channel": "whatsapp", "kind": "late", "times": 1, "to": phone, "seconds": 30})
    wire.publish(called_now())
    wait_until(lambda: sandbox.received(phone))
    doomed.kill()
    describe().start()
    wait_until(lambda: len(sandbox.received(phone)) == 2)
    first, second = sandbox.received(phone)
    assert (first["text"], first["reference"]) == (second["text"], second["reference"])
    [delivered] = listener.wait_for(1)
    assert isinstance(delivered, MessageDelivered)
    assert delivered.attempts == 2


def test_messages_survive_a_stop_in_the_middle_of_a_rush(
    describe: Callable[[], Process], sandbox: Sandbox, wire: Wire, phone: str, mailbox: str
) -> None:
    """A hundred calls, one SIGTERM among them: each reaches the phone exactly once."""
    first = describe().start()
    wire.publish(office_changed(), contact_changed(phone=phone, email=mailbox))
    calls = [
        called_now(ticket_id=f"01976a00-0000-7000-8000-{number:012}", number=f"A-{number:03}")
        for number in range(100)
    ]
    wire.publish(*calls)
    wait_until(lambda: len(sandbox.received(phone)) > 5)
    assert first.stop() == 0
    describe().start()
    wait_until(lambda: len(sandbox.received(phone)) >= 100)
    texts = [message["text"] for message in sandbox.received(phone)]
    assert len(texts) == len(set(texts)) == 100
