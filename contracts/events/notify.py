"""What became of the messages to people."""

from dataclasses import dataclass
from typing import ClassVar

from contracts.events.base import Event, Exchange
from contracts.words import Channel, Count


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageState(Event):
    """A message to one person over one channel; the text and the address stay in notify.

    Private all the same: the template shows who has a bill, missed a visit or asked for one at home.
    """

    producer: ClassVar[str] = "notify"
    exchange: ClassVar[Exchange] = "antrean.private"

    message_id: str
    person_id: str
    template: str
    channel: Channel
    attempts: Count

    @property
    def event_subject(self) -> str:
        """The message's id."""
        return self.message_id


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDelivered(MessageState):
    """The provider took the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageFailed(MessageState):
    """The message was given up, for the reason that the provider gave."""

    reason: str
