"""Publishing with pipelined confirms: send many, then wait until the broker has taken responsibility.

One confirm at a time costs a broker round trip and a disk flush for each message; pipelined, a batch
shares them (measured: 275–1,000 against 4,000–17,000 messages a second).
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from amqp import Message
from amqp.channel import Channel
from kombu import Connection

from chassis.broker import Broken, broken_means_broken, never_read_to_publish
from contracts.envelope import MEDIA_TYPE

CONFIRM_SECONDS = 10.0
"""A broker that is out of memory stops answering for ever; after this long the connection is given up."""

_PERSISTENT, _TRANSIENT = 2, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A message to publish; `key` is the publisher's own name for it."""

    key: Any
    exchange: str
    routing_key: str
    message_id: str
    body: bytes
    headers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What became of a batch: the keys that a queue has safely, and those that no queue took."""

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
        self._unconfirmed: dict[int, Publication] = {}
        self._returned: set[str] = set()
        self._outcome = Outcome()

    def publish(self, publications: Iterable[Publication]) -> Outcome:
        """Publish persistently and mandatorily, and wait for every confirm.

        A message that the broker refuses (nack) is in neither list: publish it again. Raises Broken
        when the connection breaks or the broker is silent for CONFIRM_SECONDS; then nothing is known
        of the batch.
        """
        self._outcome = Outcome()
        self._returned.clear()
        with broken_means_broken():
            for publication in publications:
                self._send(publication, _PERSISTENT, mandatory=True)
                self._unconfirmed[self._last_tag] = publication
            self._wait_for_confirms()
        return self._outcome

    def publish_transient(self, publication: Publication) -> None:
        """Publish without keeping, without asking whether anyone took it. Raises Broken."""
        with broken_means_broken():
            self._send(publication, _TRANSIENT, mandatory=False)

    def _send(self, publication: Publication, delivery_mode: int, *, mandatory: bool) -> None:
        message = Message(
            publication.body,
            content_type=MEDIA_TYPE,
            delivery_mode=delivery_mode,
            message_id=publication.message_id,
            application_headers=dict(publication.headers),
        )
        self._channel.basic_publish(
            message, publication.exchange, publication.routing_key, mandatory=mandatory
        )
        self._last_tag += 1

    def _wait_for_confirms(self) -> None:
        deadline = time.monotonic() + CONFIRM_SECONDS
        while self._unconfirmed:
            remaining_seconds = deadline - time.monotonic()
            if remaining_seconds <= 0:
                raise Broken(f"{len(self._unconfirmed)} messages unconfirmed after {CONFIRM_SECONDS} s")
            self._connection.drain_events(timeout=remaining_seconds)

    def _on_ack(self, tag: int, multiple: bool) -> None:
        for publication in self._settle(tag, multiple):
            if publication.message_id in self._returned:
                self._outcome.unrouted.append(publication)
            else:
                self._outcome.confirmed.append(publication.key)

    def _on_nack(self, tag: int, multiple: bool) -> None:
        self._settle(tag, multiple)

    def _on_return(self, _reason: Exception, _exchange: str, _routing_key: str, message: Message) -> None:
        self._returned.add(message.properties["message_id"])

    def _settle(self, tag: int, multiple: bool) -> list[Publication]:
        if not multiple:
            publication = self._unconfirmed.pop(tag, None)
            return [] if publication is None else [publication]
        settled = [known for known in self._unconfirmed if known <= tag]
        return [self._unconfirmed.pop(known) for known in settled]
