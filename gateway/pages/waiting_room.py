"""The waiting room on a phone: for who sits in the hall, or outside it."""

import asyncio
import re

from falcon.asgi import Request, Response

from chassis.log import get_logger
from contracts.events.display import BoardCall, BoardChanged
from contracts.refusals import Refused
from contracts.requests.floor import ExplainTurn
from contracts.schema import dump
from gateway.boards import BoardHub
from gateway.pages.site import Site
from gateway.routes.floor import UnknownNumber
from gateway.turns import ToldTurn, turn_of

log = get_logger(__name__)

_NUMBER = re.compile(r"\s*([A-Za-z])[\s-]*([0-9]{1,5})\s*\Z")
_FEWEST_FIGURES = 3


class WaitingRoom:
    """`/tunggu/{office}`: the latest calls; `?nomor=A-012` is the own number."""

    def __init__(self, site: Site, hub: BoardHub) -> None:
        self._site = site
        self._hub = hub

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show the calls as they are now, and who is before the own number; the script follows the changes.

        Without a script the page renews itself. Without check-in's answer it shows what the board knows.
        """
        found = self._site.directory.find(office)
        asked = req.get_param("nomor") or ""
        number = number_of(asked)
        board, (turn, is_unknown) = await asyncio.gather(
            self._hub.current(office), self._turn(office, number)
        )
        self._site.renderer.show(
            req,
            resp,
            "waiting_room.html",
            office=found,
            board=board,
            state=dump(board),
            number=number,
            is_unreadable=bool(asked.strip()) and number is None,
            own=_call_of(board, number),
            turn=turn,
            is_unknown=is_unknown,
        )

    async def _turn(self, office: str, number: str | None) -> tuple[ToldTurn | None, bool]:
        """Ask why a number is not called yet, and whether nobody has it today.

        None where nobody can say it now: a number is not unknown because check-in is away.
        """
        if number is None:
            return None, False
        try:
            return await turn_of(self._site.backend, ExplainTurn(office=office, number=number)), False
        except Refused as refused:
            log.info("waiting_room_shown_without", code=refused.code)
            return None, refused.code == UnknownNumber.code


def number_of(asked: str) -> str | None:
    """Read a number as people type it: `a12` is A-012. None for what is none."""
    found = _NUMBER.match(asked)
    if found is None:
        return None
    return f"{found[1].upper()}-{found[2].zfill(_FEWEST_FIGURES)}"


def _call_of(board: BoardChanged, number: str | None) -> BoardCall | None:
    return next((call for call in board.calls if call.number == number), None)
