"""Finding an office."""

from typing import get_args

import falcon
from falcon.asgi import Request, Response

from contracts.events.booking import OfficeChanged
from contracts.words import ServiceCode
from gateway.pages.citizen.office_search import search
from gateway.pages.site import BOOKABLE, Site


class Home:
    """`/?cari=&layanan=`: what this is, and finding an office by its name, city, province or a regency."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the offices that take bookings first; where only one is meant, go on to it.

        What was taken for another word is shown first, as it may be wrong.
        """
        wanted = (req.get_param("cari") or "").strip()[:80]
        service = req.get_param("layanan")
        service = service if service in get_args(ServiceCode) else None
        offices = self._site.directory.all()
        found = search(offices, wanted)
        if wanted and len(found.offices) == 1 and found.meant is None:
            raise falcon.HTTPSeeOther(_address(found.offices[0], service))
        self._site.renderer.show(
            req, resp, "citizen/home.html", wanted=wanted, service=service, all_offices=offices,
            open_offices=[(one, _address(one, service)) for one in found.offices if one.status in BOOKABLE],
            other_offices=[one for one in found.offices if one.status not in BOOKABLE],
            meant=found.meant, also_covered=also_covered,
        )  # fmt: skip


def also_covered(office: OfficeChanged) -> list[str]:
    """Name the cities and regencies that an office covers beside its own."""
    return [region for region in office.covers if not region.endswith(f" {office.city}")]


def _address(office: OfficeChanged, service: str | None) -> str:
    """Return an office's page for the service; one that the office lacks is left to be chosen there."""
    named = f"/{service}" if service in office.services else ""
    return f"/kantor/{office.office}{named}"
