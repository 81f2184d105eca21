"""The board in an office's hall, which everybody may read."""

from falcon.asgi import Request, Response

from contracts.schema import dump
from gateway.boards import BoardHub
from gateway.pages.site import Site


class HallBoard:
    """`/papan/{office}`: who is called to which counter."""

    def __init__(self, site: Site, hub: BoardHub) -> None:
        self._site = site
        self._hub = hub

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show the board as it is now; its script follows the changes."""
        found = self._site.directory.find(office)
        board = await self._hub.current(office)
        self._site.renderer.show(req, resp, "board.html", office=found, board=board, state=dump(board))
