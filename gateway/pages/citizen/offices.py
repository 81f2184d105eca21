"""Finding an office."""

from collections.abc import Iterable
from typing import get_args

import falcon
from falcon.asgi import Request, Response

from contracts.events.booking import OfficeChanged
from contracts.words import ServiceCode
from gateway.pages.site import BOOKABLE, Site


class Home:
    """`/?cari=&layanan=`: what this is, and finding an office by its name, city, province or a regency."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the offices that take bookings first; where only one is meant, go on to it."""
        wanted = (req.get_param("cari") or "").strip()[:80]
        service = req.get_param("layanan")
        service = service if service in get_args(ServiceCode) else None
        offices = self._site.directory.all()
        found = matching(offices, wanted)
        if wanted and len(found) == 1:
            raise falcon.HTTPSeeOther(_address(found[0], service))
        self._site.renderer.show(
            req, resp, "citizen/home.html", wanted=wanted, service=service, all_offices=offices,
            open_offices=[(one, _address(one, service)) for one in found if one.status in BOOKABLE],
            other_offices=[one for one in found if one.status not in BOOKABLE],
            also_covered=also_covered,
        )  # fmt: skip


def also_covered(office: OfficeChanged) -> list[str]:
    """Name the cities and regencies that an office covers beside its own."""
    return [region for region in office.covers if not region.endswith(f" {office.city}")]


def matching(offices: Iterable[OfficeChanged], wanted: str) -> list[OfficeChanged]:
    """Return the offices in whose names of any kind, or of what they cover, every word is found, by city."""
    words = wanted.casefold().split()
    found = (office for office in offices if all(word in _text(office) for word in words))
    return sorted(found, key=lambda office: (office.city, office.name))


def _text(office: OfficeChanged) -> str:
    told = (office.office, office.name, office.city, office.province, *office.covers)
    return " ".join(told).casefold()


def _address(office: OfficeChanged, service: str | None) -> str:
    """Return an office's page for the service; one that the office lacks is left to be chosen there."""
    named = f"/{service}" if service in office.services else ""
    return f"/kantor/{office.office}{named}"
