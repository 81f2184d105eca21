"""`antrean events`: what the operator does with events that a service gave up."""

import pika
import pytest
from click.testing import CliRunner

from cli.main import main
from cli.servers.ports import free_port

EVENT_ID = "019aa000-0000-7000-8000-000000000001"
PARKED = "antrean.display.parked"
BACK = "antrean.display"


@pytest.fixture
def channel(vhost: str, monkeypatch: pytest.MonkeyPatch) -> pika.adapters.blocking_connection.BlockingChannel:
    """A channel to a broker on which display has given up one event."""
    monkeypatch.setenv("AMQP_URL", vhost)
    channel = pika.BlockingConnection(pika.URLParameters(vhost)).channel()
    for queue in (PARKED, BACK):
        channel.queue_declare(queue, durable=True, arguments={"x-queue-type": "quorum"})
    headers = {
        "x-antrean-attempt": 4,
        "x-antrean-type": "CounterCalled",
        "x-antrean-reason": "KeyError: 'TRK'",
        "x-antrean-parked-at": "1795000000.0",
    }
    channel.confirm_delivery()
    channel.basic_publish(
        "", PARKED, b"{}", pika.BasicProperties(message_id=EVENT_ID, delivery_mode=2, headers=headers)
    )
    return channel


def test_parked_events_are_listed_with_their_reason(
    channel: pika.adapters.blocking_connection.BlockingChannel,
) -> None:
    """Looking takes nothing away."""
    for _ in range(2):
        shown = CliRunner().invoke(main, ["events", "parked", "display"], catch_exceptions=False)
        assert shown.exit_code == 0
        assert f"{EVENT_ID}  CounterCalled" in shown.output
        assert "after 4 attempts: KeyError: 'TRK'" in shown.output
        assert "1 parked for display." in shown.output


def test_a_replayed_event_waits_for_its_consumer_again(
    channel: pika.adapters.blocking_connection.BlockingChannel,
) -> None:
    """It is in the consumer's queue and no longer parked."""
    done = CliRunner().invoke(main, ["events", "replay", "display", "--id", EVENT_ID], catch_exceptions=False)
    assert done.output == "1 put back for display.\n"
    _, properties, body = channel.basic_get(BACK, auto_ack=True)
    assert (properties.message_id, body) == (EVENT_ID, b"{}")
    assert channel.basic_get(PARKED) == (None, None, None)


@pytest.mark.parametrize("command", ["parked", "replay"])
def test_a_broker_that_is_away_is_one_sentence(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At night nobody wants a traceback; the password is not in it either."""
    monkeypatch.setenv("AMQP_URL", f"amqp://antrean:s3cret@127.0.0.1:{free_port()}/")
    done = CliRunner().invoke(main, ["events", command, "display"])
    assert done.exit_code == 1
    assert done.output.startswith("Error: RabbitMQ did not do it (")
    assert "s3cret" not in done.output


def test_replaying_another_id_moves_nothing(
    channel: pika.adapters.blocking_connection.BlockingChannel,
) -> None:
    """Only the event that was named goes back."""
    done = CliRunner().invoke(main, ["events", "replay", "display", "--id", "other"], catch_exceptions=False)
    assert done.output == "0 put back for display.\n"
    assert channel.basic_get(BACK) == (None, None, None)
