"""The officer's console at a counter."""

from dataclasses import dataclass

import falcon
from falcon.asgi import Request, Response

from contracts.events.booking import OfficeChanged
from contracts.events.display import BoardChanged
from contracts.hall import Step
from contracts.words import CounterStanding
from gateway.boards import BoardHub
from gateway.pages.site import Site, signed_in
from gateway.routes.counters import STAFF


class CounterChoice:
    """`/loket/{office}`: at which counter an officer sits down."""

    def __init__(self, site: Site, hub: BoardHub) -> None:
        self._site = site
        self._hub = hub

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show the office's counters, and which are open."""
        found = self._site.directory.find(office)
        signed_in(req, STAFF, office)
        counters = counters_of(found, await self._hub.current(office))
        self._site.renderer.show(req, resp, "counters.html", office=found, counters=counters)


class CounterConsole:
    """`/loket/{office}/{number}`: everything that is done at a counter."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str, number: int) -> None:
        """Show the console to an officer of this office, or to its head."""
        found = self._site.directory.find(office)
        signed_in(req, STAFF, office)
        if not 1 <= number <= found.counters:
            raise falcon.HTTPNotFound
        self._site.renderer.show(
            req, resp, "counter.html", office=found, number=number, steps=steps_of(found)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterRow:
    """A counter in the list; `ticket` is the number that it serves."""

    number: int
    state: CounterStanding
    ticket: str | None


def counters_of(office: OfficeChanged, board: BoardChanged) -> list[CounterRow]:
    """List all of an office's counters; the board knows only those that were opened before."""
    known = {counter.counter: counter for counter in board.counters}
    return [
        CounterRow(
            number=number,
            state=known[number].state if number in known else "closed",
            ticket=known[number].number if number in known else None,
        )
        for number in range(1, office.counters + 1)
    ]


def steps_of(office: OfficeChanged) -> tuple[Step, ...]:
    """Return the steps of the visits at an office, in their order."""
    journeys = (office.hall.journey_of(service) for service in office.services)
    return tuple(dict.fromkeys(each.step for journey in journeys for each in journey))
