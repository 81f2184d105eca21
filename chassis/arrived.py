"""A message as it came: its events, or why it says nothing."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from kombu import Message

from chassis.parking import raw_body
from contracts.envelope import Envelope, Undecodable, decode_together
from contracts.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A message, when it came (monotonic seconds), and its events or its fault."""

    message: Message
    at: float
    envelopes: Sequence[Envelope[Event]] = ()
    fault: str | None = None

    @classmethod
    def read(cls, message: Message) -> Self:
        """Read a message."""
        at = time.monotonic()
        try:
            return cls(message=message, at=at, envelopes=decode_together(raw_body(message)))
        except Undecodable as reason:
            return cls(message=message, at=at, fault=str(reason))
