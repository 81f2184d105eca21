"""The phone page and what it asks for: `/`, `/messages`, `/messages/stream`, and the switch for faults.

GET /messages         [{id, channel, to, subject, text, reference, received_at}], oldest first
GET /messages/stream  server-sent events `message` with the same object; Last-Event-ID goes on from there
GET, PUT /faults      what goes wrong on purpose, see sandbox.faults
"""

from collections.abc import AsyncIterator
from dataclasses import asdict
from pathlib import Path

import falcon
from falcon.asgi import Request, Response, SSEvent
from jinja2 import Environment, FileSystemLoader, select_autoescape

from sandbox.faults import Faults, read_faults
from sandbox.phone import Phone
from sandbox.received import Received


class PhonePage:
    """The page itself."""

    def __init__(self, folder: Path) -> None:
        self._templates = Environment(loader=FileSystemLoader(folder), autoescape=select_autoescape())

    async def on_get(self, _req: Request, resp: Response) -> None:
        """Show the phone."""
        resp.content_type = falcon.MEDIA_HTML
        resp.text = self._templates.get_template("phone.html").render()


class MessageList:
    """Everything that is kept."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone

    async def on_get(self, _req: Request, resp: Response) -> None:
        """List the messages."""
        resp.cache_control = ["no-store"]
        resp.media = [asdict(message) for message in self._phone.messages()]


class MessageStream:
    """New messages as they come."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone

    async def on_get(self, req: Request, resp: Response) -> None:
        """Follow the messages."""
        resp.sse = self._events(req.get_header("Last-Event-ID"))

    async def _events(self, last_id: str | None) -> AsyncIterator[SSEvent | None]:
        yield SSEvent(comment="watching")
        async for message in self._phone.watch(after=last_id):
            yield None if message is None else _event(message)


class FaultSwitch:
    """What goes wrong on purpose."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    async def on_get(self, _req: Request, resp: Response) -> None:
        """List the faults in force."""
        resp.media = self._faults.in_force()

    async def on_put(self, req: Request, resp: Response) -> None:
        """Replace the faults."""
        try:
            self._faults.set(read_faults(await req.stream.read()))
        except ValueError as reason:
            raise falcon.HTTPBadRequest(title="Not a list of faults", description=str(reason)) from reason
        resp.media = self._faults.in_force()


def _event(message: Received) -> SSEvent:
    return SSEvent(event="message", event_id=message.id, json=asdict(message))
