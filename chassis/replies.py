"""The way back to the asker: answers that are ready at the same moment leave in one message."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import orjson
from amqp import Message
from amqp.channel import Channel
from eventlet.queue import LightQueue

from chassis.broker import Broken, broken_means_broken
from chassis.log import get_logger
from contracts.refusals import Refused

log = get_logger(__name__)

_MOST_IN_ONE_MESSAGE = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One request's answer, ready to be written, and the address it goes to."""

    reply_to: str
    item: dict[str, Any]

    @classmethod
    def result(cls, reply_to: str, request_id: str, result: object) -> Self:
        """Answer with a contract object."""
        return cls(reply_to=reply_to, item={"id": request_id, "result": result})

    @classmethod
    def refusal(cls, reply_to: str, request_id: str, refused: Refused) -> Self:
        """Answer with a code and its data."""
        return cls(
            reply_to=reply_to,
            item={"id": request_id, "refused": {"code": refused.code, "data": refused.data}},
        )


class Replier:
    """Sends replies on the connection that the requests came by.

    An answer that is ready when that connection is gone is dropped: the broker hands its request,
    which was never acknowledged, out again.
    """

    def __init__(self) -> None:
        self._ready: LightQueue[Reply | None] = LightQueue()
        self._channel: Channel

    @property
    def idle(self) -> bool:
        """Whether every answer has been sent."""
        return bool(self._ready.empty())

    def use(self, channel: Channel) -> None:
        """Send on this channel from now on."""
        self._channel = channel

    def send(self, reply: Reply) -> None:
        """Send an answer soon."""
        self._ready.put(reply)

    def stop(self) -> None:
        """Send what is ready, then end."""
        self._ready.put(None)

    def run(self) -> None:
        """Send answers until `stop`."""
        stopped = False
        while not stopped:
            replies = self._take()
            stopped = None in replies
            for reply_to, items in _by_address(replies).items():
                self._publish(reply_to, items)

    def _publish(self, reply_to: str, items: list[dict[str, Any]]) -> None:
        body = orjson.dumps({"replies": items})
        message = Message(body, content_type="application/json", delivery_mode=1)
        try:
            with broken_means_broken():
                self._channel.basic_publish(message, "", reply_to)
        except Broken as reason:
            log.warning("replies_dropped", count=len(items), reason=str(reason.__cause__))

    def _take(self) -> list[Reply | None]:
        """Wait for an answer, and take all that are ready with it."""
        replies = [self._ready.get()]
        while not self._ready.empty() and len(replies) < _MOST_IN_ONE_MESSAGE:
            replies.append(self._ready.get())
        return replies


def _by_address(replies: Sequence[Reply | None]) -> dict[str, list[dict[str, Any]]]:
    items: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for reply in replies:
        if reply is not None:
            items[reply.reply_to].append(reply.item)
    return items
