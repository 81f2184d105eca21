"""The boards in an office's hall, for everybody to read: the large one, and those on top of the counters."""

import falcon
from falcon.asgi import Request, Response

from contracts.schema import dump
from contracts.words import Locale
from gateway.boards import BoardHub
from gateway.pages.site import BOOKABLE, Site
from gateway.tagged import Tagged, answer_tagged
from gateway.voice.announcements import LANGUAGES, Announcer
from gateway.voice.clips import MEDIA_TYPES, Clips


class HallBoard:
    """`/papan/{office}`: who is called to which counter; `?suara=id,en` says in which languages."""

    def __init__(self, site: Site, hub: BoardHub, clips: Clips, announcer: Announcer) -> None:
        self._site = site
        self._hub = hub
        self._clips = clips
        self._announcer = announcer

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show the board as it is now; its script follows the changes.

        An office without an online queue has none to show, but who waits at one just suspended is called.
        """
        found = self._site.directory.find(office)
        board = await self._hub.current(office)
        if not (found.status in BOOKABLE or board.waiting or board.calls):
            self._site.renderer.show(req, resp, "board_not_open.html", office=found)
            return
        self._site.renderer.show(
            req,
            resp,
            "board.html",
            office=found,
            board=board,
            state=dump(board),
            voices=voices_of(req.get_param("suara") or ""),
            clips=self._clips.of(office),
            server_voices=self._announcer.languages,
        )


class CounterTop:
    """`/papan/{office}/{number}`: the one counter's number and name, for a screen on top of it."""

    def __init__(self, site: Site, hub: BoardHub) -> None:
        self._site = site
        self._hub = hub

    async def on_get(self, req: Request, resp: Response, office: str, number: int) -> None:
        """Show whom the counter serves now; its script follows the changes."""
        found = self._site.directory.find(office)
        if number > found.counters:
            raise falcon.HTTPNotFound
        board = await self._hub.current(office)
        counter = next((one for one in board.counters if one.counter == number), None)
        ticket = counter.number if counter and counter.state != "closed" else None
        call = next((one for one in board.calls if (one.number, one.counter) == (ticket, number)), None)
        self._site.renderer.show(
            req,
            resp,
            "board_counter.html",
            office=found,
            number=number,
            board=board,
            state=dump(board),
            standing=counter.state if counter else "closed",
            ticket=ticket,
            name=(call.display_name if call else None) or "",
        )


class Recording:
    """`/papan/{office}/rekaman/{language}/{name}`: one of the recordings that a board plays."""

    def __init__(self, site: Site, clips: Clips) -> None:
        self._site = site
        self._clips = clips

    async def on_get(self, req: Request, resp: Response, office: str, language: str, name: str) -> None:
        """Answer the file."""
        self._site.directory.find(office)
        file = self._clips.find(office, language, name)
        if file is None:
            raise falcon.HTTPNotFound
        resp.content_type = MEDIA_TYPES[file.suffix]
        answer_tagged(req, resp, Tagged.of(file.read_bytes()))


def voices_of(asked: str) -> list[Locale]:
    """Return the languages that a board speaks, in the order asked for; Indonesian when none is known."""
    wanted = (LANGUAGES.get(part.strip()) for part in asked.split(","))
    return list(dict.fromkeys(language for language in wanted if language)) or ["id"]
