"""How fast the outbox empties, against publishing the same messages with no database behind them."""

import subprocess
import sys
import time
from datetime import UTC, date, datetime

from chassis import tables, topology
from chassis.broker import connect
from chassis.database import Database
from chassis.publication import Publication
from chassis.publisher import Publisher
from contracts.envelope import enclose, encode
from contracts.events import Event, TicketScanned
from contracts.trace import new_traceparent

EVENTS = 10_000
QUEUES = ("antrean.notify", "antrean.display")


class RelayBench:
    """One database and virtual host; both figures fill the same two quorum queues with the same events."""

    def __init__(self, database_url: str, amqp_url: str) -> None:
        self._database_url = database_url
        self._amqp_url = amqp_url
        with Database(database_url).engine.begin() as connection:
            tables.metadata.create_all(connection)
        with connect(amqp_url) as broker:
            topology.declare(broker.channel())

    def relay(self) -> float:
        """Return events a second from the outbox to the broker's confirm."""
        command = (sys.executable, "-m", "bench.relay_process", self._database_url, self._amqp_url)
        seconds = float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        self._purge()
        return EVENTS / seconds

    def raw(self) -> float:
        """Return messages a second with pipelined confirms and nothing else."""
        now = datetime.now(UTC)
        envelopes = [
            enclose(event(number), now=now, traceparent=new_traceparent()) for number in range(EVENTS)
        ]
        publications = [
            Publication(
                key=number,
                exchange=envelope.data.exchange,
                routing_key=envelope.routing_key,
                message_id=envelope.id,
                body=encode(envelope),
            )
            for number, envelope in enumerate(envelopes)
        ]
        with connect(self._amqp_url) as broker:
            publisher = Publisher(broker)
            begun = time.perf_counter()
            outcome = publisher.publish(publications)
            seconds = time.perf_counter() - begun
        if len(outcome.confirmed) != EVENTS:
            raise RuntimeError("the broker did not confirm every message")
        self._purge()
        return EVENTS / seconds

    def _purge(self) -> None:
        with connect(self._amqp_url) as broker:
            channel = broker.channel()
            for queue in QUEUES:
                channel.queue_purge(queue)


def event(number: int) -> Event:
    """Make an event of the usual size."""
    return TicketScanned(
        version=1,
        ticket_id=f"01a1ff7c-2f04-705f-9bf4-{number:012x}",
        office="TRK",
        date=date(2026, 11, 23),
        number="A-001",
        service="new",
        priority="regular",
        state="waiting",
        person_id="01a1ff7c-2ce0-70b2-b27d-de663100198f",
        display_name="Pak Andi",
        counter=None,
        calls=0,
        scanned_at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
        turn_at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
        waiting_since=datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
        called_at=None,
        finished_at=None,
    )
