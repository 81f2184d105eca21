"""An office's page: what for, which day, which hour; or why nothing can be booked here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import falcon
from falcon.asgi import Request, Response

from chassis.log import get_logger
from contracts.events.booking import OfficeChanged
from contracts.refusals import Refused
from contracts.requests.booking import ListDays, Slot
from contracts.requests.no_show import NoShowWait
from gateway.errors import status
from gateway.pages.citizen.choice import Choice, NoSuchDay, day_of
from gateway.pages.citizen.offices import also_covered
from gateway.pages.citizen.timetable import Timetable, timetable_of
from gateway.pages.citizen.waits import waits_for
from gateway.pages.site import BOOKABLE, Site

log = get_logger(__name__)


class OfficePage:
    """`/kantor/{office}[/{service}[/{day}]]`: the first free day is open unless one is asked for."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, **path: str) -> None:
        """Show the hours; a date typed into the page's form has an address of its own."""
        try:
            choice = _wanted(self._site, req, path)
        except NoSuchDay as none:
            path.pop("day", None)
            resp.status = falcon.code_to_http_status(status(none.code))
            await self._show(req, resp, Choice.of(self._site, path, req), none)
        else:
            await self._show(req, resp, choice)

    async def _show(
        self, req: Request, resp: Response, choice: Choice, none: NoSuchDay | None = None
    ) -> None:
        if choice.office.status not in BOOKABLE:
            await show_closed(self._site, req, resp, choice.office)
            return
        try:
            await show_hours(self._site, req, resp, choice, refused=none)
        except Refused as refused:
            if refused.code != "unknown_service_here":
                raise
            resp.status = falcon.code_to_http_status(status(refused.code))
            _show(self._site, req, resp, choice, refused=refused)


def _wanted(site: Site, req: Request, path: Mapping[str, str]) -> Choice:
    """Read what the address asks for. Raises NoSuchDay, HTTPSeeOther."""
    choice = Choice.of(site, path, req)
    typed = req.get_param("tanggal")
    if typed and choice.office.status in BOOKABLE:
        raise falcon.HTTPSeeOther(choice.on(day_of(typed)).address)
    return choice


async def show_hours(
    site: Site,
    req: Request,
    resp: Response,
    choice: Choice,
    *,
    gone: str | None = None,
    refused: Refused | None = None,
) -> None:
    """Show the hours to choose from; `gone` is one that was chosen and cannot be had, as `refused` says."""
    timetable = await timetable_of(site, choice, req.context.locale)
    nearest = [] if gone is None else timetable.nearest_to(gone)
    waits = await waits_for(site, req, timetable)
    _show(
        site, req, resp, timetable.choice, timetable=timetable, nearest=nearest, refused=refused, waits=waits
    )


async def show_closed(site: Site, req: Request, resp: Response, office: OfficeChanged) -> None:
    """Say honestly why there is nothing to book at an office, from when there is, and where else."""
    closed = await _why_closed(site, office)
    site.renderer.show(req, resp, "citizen/office_closed.html", office=office, closed=closed)


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


async def _why_closed(site: Site, office: OfficeChanged) -> Closed:
    """Ask for its slots: the refusal says more; without booking the page says what the gateway knows."""
    service = office.services[0] if office.services else "new"
    try:
        await site.backend.ask(ListDays(office=office.office, for_service=service))
    except Refused as refused:
        log.info("closed_office_shown", office=office.office, code=refused.code)
        return Closed.told(refused.data)
    return Closed()


def _show(
    site: Site,
    req: Request,
    resp: Response,
    choice: Choice,
    *,
    timetable: Timetable | None = None,
    nearest: Sequence[Slot] = (),
    refused: Refused | None = None,
    waits: Sequence[NoShowWait] = (),
) -> None:
    site.renderer.show(
        req, resp, "citizen/office.html", choice=choice, timetable=timetable, nearest=nearest,
        refused=refused, waits=waits, also_covered=also_covered(choice.office),
    )  # fmt: skip
