"""From a call's commit to every board stream, against publishing and consuming one message.

Both with the same streams open, a message after each call. PostgreSQL says when a call was committed
(`track_commit_timestamp`). A call stands alone, as in a hall: what follows it comes when every board has
shown it.
"""

import statistics
import threading
import time
from contextlib import suppress
from datetime import UTC

import psycopg
import requests
from amqp import Message
from kombu import Consumer, Queue

from bench.citizens import make_citizens, sign_tokens
from bench.streams import Streams
from chassis.broker import connect
from chassis.publication import Publication
from chassis.publisher import Publisher
from tests.stack import Stack

STREAMS = 1_000
CALLS = 200
PACE_SECONDS = 0.1
OFFICE = "TRK"


class BoardBench:
    """A hall with `STREAMS` boards."""

    def __init__(self, stack: Stack, server_url: str, amqp_url: str) -> None:
        self._stack = stack
        self._booking_url = server_url.rsplit("/", 1)[0] + "/booking"
        self._checkin_url = server_url.rsplit("/", 1)[0] + "/checkin"
        self._amqp_url = amqp_url
        self._officer = requests.Session()
        self._officer.headers.update(stack.sign_in(f"petugas.{OFFICE.lower()}"))
        self._counter("open")
        self._streams = Streams(stack.ports.gateway, OFFICE, STREAMS)
        self._raw = 0.0

    def call_to_boards(self) -> float:
        """Return the p99 of milliseconds from call to stream, over all calls and streams.

        After each call one message is published and consumed, for `publish_to_consume`: what slows the
        machine or its disk for a while slows both.
        """
        self._admit(CALLS)
        self._streams.forget()
        committed: dict[str, float] = {}
        seen: list[tuple[str, float]] = []
        with RawBroker(self._amqp_url) as raw:
            for call in range(1, CALLS + 1):
                self._counter("call")
                time.sleep(PACE_SECONDS)  # the streams are not asked while they read
                while len(seen) < call * STREAMS:
                    seen += self._streams.wait_for_more()
                committed |= self._commits()
                raw.publish()
                time.sleep(PACE_SECONDS)
                self._counter("finish")
                time.sleep(PACE_SECONDS)
        self._raw = _p99(raw.latencies)
        return 1000 * _p99([read_at - committed[called_at] for called_at, read_at in seen])

    def publish_to_consume(self) -> float:
        """Return the p99 of milliseconds from publishing to consuming, beside the calls just made."""
        return self._raw

    def close(self) -> None:
        """Close the streams."""
        self._streams.close()

    def _commits(self) -> dict[str, float]:
        """Return when the call that stands now was committed (Unix seconds), by its `called_at`."""
        with psycopg.connect(self._checkin_url) as connection:
            rows = connection.execute(
                """
                SELECT called_at, extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8
                FROM queue_ticket WHERE office = %s AND state = 'called'
                """,
                [OFFICE],
            ).fetchall()
        return {called_at.astimezone(UTC).isoformat(): committed for called_at, committed in rows}

    def _admit(self, count: int) -> None:
        """Book for citizens in the slot that runs now, and scan their tickets."""
        with psycopg.connect(self._booking_url) as connection:
            query = """
                UPDATE slot SET capacity = 32000
                WHERE office = %s AND service = 'new' AND starts_at <= now() AND now() < ends_at
                RETURNING slot_id
            """
            slot = connection.execute(query, [OFFICE]).fetchone()
        if slot is None:
            raise RuntimeError("no slot runs now")
        people = make_citizens(self._booking_url, count)
        kiosk = self._stack.sign_in(f"kios.{OFFICE.lower()}")
        for person, token in zip(people, sign_tokens(self._stack.folder / "keys", people), strict=True):
            citizen = {"Authorization": f"Bearer {token}", "Idempotency-Key": person}
            booked = self._stack.post("/v1/bookings", {"slot_id": str(slot[0])}, headers=citizen)
            booked.raise_for_status()
            scan = {"ticket": booked.json()["ticket"]}
            self._stack.post(f"/v1/offices/{OFFICE}/scans", scan, headers=kiosk).raise_for_status()

    def _counter(self, action: str) -> None:
        url = f"{self._stack.url}/v1/offices/{OFFICE}/counters/1/{action}"
        self._officer.post(url, json={}, timeout=10).raise_for_status()


class RawBroker:
    """One quorum queue, and the milliseconds from publishing to consuming of each message."""

    def __init__(self, amqp_url: str) -> None:
        self.latencies: list[float] = []
        self._publishing, self._consuming = connect(amqp_url), connect(amqp_url)
        self._queue = Queue("bench.raw", durable=True, queue_arguments={"x-queue-type": "quorum"})
        self._is_open = True

    def __enter__(self) -> "RawBroker":
        """Begin to consume."""
        self._queue(self._consuming.channel()).declare()
        self._publisher = Publisher(self._publishing)
        self._reader = threading.Thread(target=self._consume)
        self._reader.start()
        return self

    def __exit__(self, *_reason: object) -> None:
        """Stop consuming."""
        self._is_open = False
        self._reader.join()
        self._publishing.release()
        self._consuming.release()

    def publish(self) -> None:
        """Publish one message, and wait for its confirm."""
        body = f"{time.time():.6f}".encode().ljust(1200)
        message = Publication(key=0, exchange="", routing_key=self._queue.name, message_id="raw", body=body)
        self._publisher.publish([message])

    def _consume(self) -> None:
        def take(message: Message) -> None:
            self.latencies.append(1000 * (time.time() - float(bytes(message.body))))
            message.ack()

        with Consumer(self._consuming.channel(), [self._queue], on_message=take, accept=None):
            while self._is_open:
                with suppress(TimeoutError):
                    self._consuming.drain_events(timeout=0.5)


def _p99(latencies: list[float]) -> float:
    return statistics.quantiles(latencies, n=100)[98]
