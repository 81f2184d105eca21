"""Home, and choosing an office and a service."""

from collections.abc import Iterable

from falcon.asgi import Request, Response

from contracts.events.booking import OfficeChanged
from gateway.pages.site import BOOKABLE, Site


class Home:
    """`/`: what this is, and the two things that people come for."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the page."""
        offices = self._site.directory.all()
        is_open = sum(1 for office in offices if office.status in BOOKABLE)
        self._site.renderer.show(
            req, resp, "citizen/home.html", open_offices=is_open, all_offices=len(offices)
        )


class OfficeList:
    """`/kantor?cari=`: find an office by its name, city or province."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the offices that take bookings first, then the others with their status."""
        wanted = (req.get_param("cari") or "").strip()[:80]
        found = matching(self._site.directory.all(), wanted)
        self._site.renderer.show(
            req, resp, "citizen/offices.html", wanted=wanted,
            open_offices=[office for office in found if office.status in BOOKABLE],
            other_offices=[office for office in found if office.status not in BOOKABLE],
        )  # fmt: skip


class ServiceChoice:
    """`/kantor/{office}`: what the office offers."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show the services, or honestly why there is nothing to book yet."""
        found = self._site.directory.find(office)
        self._site.renderer.show(
            req, resp, "citizen/services.html", office=found, is_open=found.status in BOOKABLE
        )


def matching(offices: Iterable[OfficeChanged], wanted: str) -> list[OfficeChanged]:
    """Return the offices in whose name, city, province or code every word is found, by city."""
    words = wanted.casefold().split()
    found = (office for office in offices if all(word in _text(office) for word in words))
    return sorted(found, key=lambda office: (office.city, office.name))


def _text(office: OfficeChanged) -> str:
    return f"{office.office} {office.name} {office.city} {office.province}".casefold()
