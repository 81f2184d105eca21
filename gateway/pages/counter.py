"""The officer's console at a counter."""

import falcon
from falcon.asgi import Request, Response

from gateway.boards import BoardHub
from gateway.pages.site import Site, signed_in


class CounterChoice:
    """`/loket/{office}`: at which counter an officer sits down."""

    def __init__(self, site: Site, hub: BoardHub) -> None:
        self._site = site
        self._hub = hub

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show the office's counters, and which are open."""
        found = self._site.directory.find(office)
        signed_in(req, {"officer"}, office)
        board = await self._hub.current(office)
        self._site.renderer.show(req, resp, "counters.html", office=found, board=board)


class CounterConsole:
    """`/loket/{office}/{number}`: open, call, recall, finish, close."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str, number: int) -> None:
        """Show the console to an officer of this office."""
        found = self._site.directory.find(office)
        signed_in(req, {"officer"}, office)
        if not 1 <= number <= found.counters:
            raise falcon.HTTPNotFound
        self._site.renderer.show(req, resp, "counter.html", office=found, number=number)
