"""Home, and choosing an office and a service."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from falcon.asgi import Request, Response

from chassis.log import get_logger
from contracts.events.booking import OfficeChanged
from contracts.refusals import Refused
from contracts.requests.booking import ListDays
from gateway.pages.site import BOOKABLE, Site

log = get_logger(__name__)


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
    """`/kantor?cari=`: find an office by its name, city, province, or a regency that it covers."""

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
            also_covered=also_covered,
        )  # fmt: skip


class ServiceChoice:
    """`/kantor/{office}`: what the office offers."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show the services, or honestly why there is nothing to book yet."""
        found = self._site.directory.find(office)
        is_open = found.status in BOOKABLE
        closed = Closed() if is_open else await self._why_closed(found)
        self._site.renderer.show(
            req, resp, "citizen/services.html", office=found, is_open=is_open, closed=closed,
            also_covered=also_covered(found),
        )  # fmt: skip

    async def _why_closed(self, office: OfficeChanged) -> "Closed":
        """Ask for its slots: the refusal says more; without booking the page says what the gateway knows."""
        service = office.services[0] if office.services else "new"
        try:
            await self._site.backend.ask(ListDays(office=office.office, for_service=service))
        except Refused as refused:
            log.info("closed_office_shown", office=office.office, code=refused.code)
            return Closed.told(refused.data)
        return Closed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """From when a closed office takes bookings, and the nearest offices that do, as far as that is told."""

    opens_on: date | None = None
    nearest: Sequence[Mapping[str, object]] = ()

    @classmethod
    def told(cls, data: Mapping[str, object]) -> "Closed":
        """Read a refusal's data."""
        opens_on, nearest = data.get("opens_on"), data.get("nearest")
        return cls(
            opens_on=date.fromisoformat(opens_on) if isinstance(opens_on, str) else None,
            nearest=nearest if isinstance(nearest, list) else (),
        )


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
