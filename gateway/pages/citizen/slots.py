"""Choosing a day and an hour."""

from dataclasses import dataclass
from datetime import date
from typing import get_args

import falcon
from falcon.asgi import Request, Response

from contracts.events.booking import OfficeChanged
from contracts.requests.booking import ListDays, ListSlots, Slot
from contracts.requests.travel import ListDistricts
from contracts.requests.why import ExplainDay
from contracts.schema import InvalidMessage, load
from contracts.words import ServiceCode
from gateway.explanations import explanation
from gateway.pages.site import Site


class DayChoice:
    """`/kantor/{office}/{service}`: the days with slots."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str, service: str) -> None:
        """Show the days with the places left on each; a date that was asked for has a page of its own."""
        found = offering(self._site, office, service)
        wanted = req.get_param_as_date("tanggal")
        if wanted is not None:
            raise falcon.HTTPSeeOther(f"/kantor/{office}/{service}/{wanted}")
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
        """Show the hours with the places left in each, and why there are none.

        `dari` is the district from which somebody comes; hours out of reach are marked.
        """
        choice = Choice.of(self._site, path)
        district = req.get_param("dari") or None
        districts = await self._site.backend.ask(ListDistricts(office=choice.office.office))
        slots = await slots_of(self._site, choice, district)
        has_places = any(slot.places_left and slot.reach in {None, "in_time"} for slot in slots)
        why = None if has_places else await self._why(req, choice, district)
        self._site.renderer.show(
            req, resp, "citizen/hours.html", choice=choice, slots=slots, refused=None, why=why,
            districts=districts.districts, district=district,
        )  # fmt: skip

    async def _why(self, req: Request, choice: "Choice", district: str | None) -> str:
        wanted = {**choice.asked, **({} if district is None else {"district": district})}
        told = await self._site.backend.ask(load(ExplainDay, wanted))
        return explanation(told, choice.office, req.context.locale)


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
    def asked(self) -> dict[str, object]:
        """The same as the fields of a request."""
        return {"office": self.office.office, "for_service": self.service, "date": self.day.isoformat()}

    @property
    def address(self) -> str:
        """The page with the hours of this day."""
        return f"/kantor/{self.office.office}/{self.service}/{self.day}"


def offering(site: Site, office: str, service: str) -> OfficeChanged:
    """Return the office; that it does not offer the service, and who does, is booking's to say."""
    found = site.directory.find(office)
    if service not in get_args(ServiceCode):
        raise falcon.HTTPNotFound
    return found


async def slots_of(site: Site, choice: Choice, district: str | None = None) -> tuple[Slot, ...]:
    """Ask for the slots of the chosen day; with a district each says whether it is in reach."""
    try:
        query = load(ListSlots, {**choice.asked, **({} if district is None else {"district": district})})
    except InvalidMessage:
        raise falcon.HTTPNotFound from None
    return (await site.backend.ask(query)).slots
