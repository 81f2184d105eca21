"""Choosing a day and an hour."""

from dataclasses import dataclass
from datetime import date

import falcon
from falcon.asgi import Request, Response

from contracts.events.booking import OfficeChanged
from contracts.requests.booking import ListDays, ListSlots, Slot
from contracts.schema import InvalidMessage, load
from gateway.pages.site import Site


class DayChoice:
    """`/kantor/{office}/{service}`: the days with slots."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str, service: str) -> None:
        """Show the days with the places left on each."""
        found = offering(self._site, office, service)
        answer = await self._site.backend.ask(load(ListDays, {"office": office, "for_service": service}))
        self._site.renderer.show(
            req, resp, "citizen/days.html", office=found, service=service, days=answer.days,
            next_release_at=answer.next_release_at,
        )  # fmt: skip


class HourChoice:
    """`/kantor/{office}/{service}/{day}`: the hours of one day."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, **path: str) -> None:
        """Show the hours with the places left in each."""
        choice = Choice.of(self._site, path)
        slots = await slots_of(self._site, choice)
        self._site.renderer.show(req, resp, "citizen/hours.html", choice=choice, slots=slots, refused=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody has chosen so far: an office, a service and a day."""

    office: OfficeChanged
    service: str
    day: date

    @classmethod
    def of(cls, site: Site, path: dict[str, str]) -> "Choice":
        """Read the choice from a page's address. Raises UnknownOffice, HTTPNotFound."""
        office = offering(site, path["office"], path["service"])
        try:
            day = date.fromisoformat(path["day"])
        except ValueError:
            raise falcon.HTTPNotFound from None
        return cls(office=office, service=path["service"], day=day)

    @property
    def address(self) -> str:
        """The page with the hours of this day."""
        return f"/kantor/{self.office.office}/{self.service}/{self.day}"


def offering(site: Site, office: str, service: str) -> OfficeChanged:
    """Return the office if it offers the service; there is no page for one that it does not."""
    found = site.directory.find(office)
    if service not in found.services:
        raise falcon.HTTPNotFound
    return found


async def slots_of(site: Site, choice: Choice) -> tuple[Slot, ...]:
    """Ask for the slots of the chosen day."""
    wanted = {"office": choice.office.office, "for_service": choice.service, "date": choice.day.isoformat()}
    try:
        query = load(ListSlots, wanted)
    except InvalidMessage:
        raise falcon.HTTPNotFound from None
    return (await site.backend.ask(query)).slots
