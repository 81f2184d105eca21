"""A message as its reader sees it."""

from dataclasses import dataclass
from datetime import datetime

from contracts.words import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One message. `subject` is an e-mail's; `id` grows with time.

    `reference` is what the sender knows the message by: twice the same means that it was sent twice.
    """

    id: str
    channel: Channel
    to: str
    subject: str | None
    text: str
    reference: str | None
    received_at: datetime
