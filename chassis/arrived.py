"""A message as it came: its events, or why it says nothing."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from kombu import Message

from chassis.parking import raw_body
from contracts.envelope import Envelope, Undecodable, decode_each, decode_together
from contracts.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A message, when it came (monotonic seconds), and its events or its fault.

    One with a fault may yet be readable in part.
    """

    message: Message
    at: float
    envelopes: Sequence[Envelope[Event]] = ()
    fault: str | None = None
    in_part: bool = False

    @classmethod
    def read(cls, message: Message) -> Self:
        """Read a message."""
        at, body = time.monotonic(), raw_body(message)
        try:
            return cls(message=message, at=at, envelopes=decode_together(body))
        except Undecodable as reason:
            in_part = any(not isinstance(one, Undecodable) for one in decode_each(body))
            return cls(message=message, at=at, fault=str(reason), in_part=in_part)
