"""The board in an office's hall, which everybody may read."""

from falcon.asgi import Request, Response

from contracts.schema import dump
from gateway.boards import BoardHub
from gateway.pages.site import BOOKABLE, Site


class HallBoard:
    """`/papan/{office}`: who is called to which counter."""

    def __init__(self, site: Site, hub: BoardHub) -> None:
        self._site = site
        self._hub = hub

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show the board as it is now; its script follows the changes.

        An office without an online queue has none to show, but who waits at one just suspended is called.
        """
        found = self._site.directory.find(office)
        board = await self._hub.current(office)
        if found.status in BOOKABLE or board.waiting or board.calls:
            self._site.renderer.show(req, resp, "board.html", office=found, board=board, state=dump(board))
        else:
            self._site.renderer.show(req, resp, "board_not_open.html", office=found)
