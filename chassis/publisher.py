"""Publishing with pipelined confirms: send many, then wait until the broker has taken responsibility.

One confirm at a time costs a broker round trip and a disk flush for each message; pipelined, a batch
shares them (measured: 275–1,000 against 4,000–17,000 messages a second).
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from amqp import Message
from amqp.channel import Channel
from kombu import Connection

from chassis.broker import Broken, broken_means_broken, never_read_to_publish, written_together
from chassis.publication import Publication
from contracts.envelope import media_type

CONFIRM_SECONDS = 10.0
"""A broker that is out of memory stops answering for ever; after this long the connection is given up."""

_PERSISTENT, _TRANSIENT = 2, 1


@dataclass(slots=True, kw_only=True)
class Batch:
    """What becomes of messages that were sent together.

    `confirmed` has the keys of those that a queue has safely, `unrouted` those that no queue took. A
    message that the broker refused (nack) is in neither: publish it again.
    """

    unconfirmed: int = 0
    confirmed: list[Any] = field(default_factory=list)
    unrouted: list[Publication] = field(default_factory=list)


class Publisher:
    """Publishes on one channel of its own."""

    def __init__(self, connection: Connection) -> None:
        with broken_means_broken():
            never_read_to_publish(connection)
            self._connection = connection
            self._channel: Channel = connection.channel()
            self._channel.confirm_select()
        self._channel.events["basic_ack"].add(self._on_ack)
        self._channel.events["basic_nack"].add(self._on_nack)
        self._channel.events["basic_return"].add(self._on_return)
        self._last_tag = 0
        self._unconfirmed: dict[int, tuple[Publication, Batch]] = {}
        self._returned: set[str] = set()

    def publish(self, publications: Iterable[Publication]) -> Batch:
        """Send, and wait for every confirm. Raises Broken; then nothing is known of the batch."""
        batch = self.send(publications)
        self.wait_for(batch)
        return batch

    def send(self, publications: Iterable[Publication]) -> Batch:
        """Publish persistently and mandatorily, and go on before the confirms. Raises Broken."""
        batch = Batch()
        with broken_means_broken(), written_together(self._connection):
            for publication in publications:
                self._send(publication, _PERSISTENT, mandatory=True)
                self._unconfirmed[self._last_tag] = (publication, batch)
                batch.unconfirmed += 1
        return batch

    def wait_for(self, batch: Batch) -> None:
        """Return when the whole batch is confirmed.

        Raises Broken when the connection breaks or the broker is silent for CONFIRM_SECONDS; then
        nothing is known of the batch.
        """
        deadline = time.monotonic() + CONFIRM_SECONDS
        while batch.unconfirmed:
            remaining_seconds = deadline - time.monotonic()
            if remaining_seconds <= 0:
                raise Broken(f"{batch.unconfirmed} messages unconfirmed after {CONFIRM_SECONDS} s")
            with broken_means_broken():
                self._connection.drain_events(timeout=remaining_seconds)

    def publish_transient(self, publication: Publication) -> None:
        """Publish without keeping, without asking whether anyone took it. Raises Broken."""
        with broken_means_broken():
            self._send(publication, _TRANSIENT, mandatory=False)

    def _send(self, publication: Publication, delivery_mode: int, *, mandatory: bool) -> None:
        message = Message(
            publication.body,
            content_type=media_type(publication.body),
            delivery_mode=delivery_mode,
            message_id=publication.message_id,
            application_headers=dict(publication.headers),
        )
        self._channel.basic_publish(
            message, publication.exchange, publication.routing_key, mandatory=mandatory
        )
        self._last_tag += 1

    def _on_ack(self, tag: int, multiple: bool) -> None:
        for publication, batch in self._settle(tag, multiple):
            if publication.message_id in self._returned:
                self._returned.remove(publication.message_id)
                batch.unrouted.append(publication)
            else:
                batch.confirmed.append(publication.key)

    def _on_nack(self, tag: int, multiple: bool) -> None:
        self._settle(tag, multiple)

    def _on_return(self, _reason: Exception, _exchange: str, _routing_key: str, message: Message) -> None:
        self._returned.add(message.properties["message_id"])

    def _settle(self, tag: int, multiple: bool) -> list[tuple[Publication, Batch]]:
        tags = [known for known in self._unconfirmed if known <= tag] if multiple else [tag]
        # The broker confirms transient messages too, which nobody waits for.
        settled = [self._unconfirmed.pop(known) for known in tags if known in self._unconfirmed]
        for _, batch in settled:
            batch.unconfirmed -= 1
        return settled
