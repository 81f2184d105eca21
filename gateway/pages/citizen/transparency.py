"""All offices in one list: how long one waits where, and where the online queue is open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from falcon.asgi import Request, Response

from chassis.log import get_logger
from contracts.events.booking import OfficeChanged
from contracts.refusals import Refused
from contracts.requests.waiting import ListStatistics, OfficeSummary
from contracts.words import OfficeStatus
from gateway.pages.site import BOOKABLE, Site
from gateway.tagged import tag_page

log = get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An office and what is told of it; None where that is nothing."""

    office: OfficeChanged
    told: OfficeSummary | None

    @property
    def is_open(self) -> bool:
        """Whether its online queue is open, so that there is something to tell."""
        return self.told is not None and self.office.status in BOOKABLE


ORDERS: Mapping[str, Callable[[Line], Any]] = {
    "status": lambda line: (not line.is_open, line.office.province, line.office.name),
    "nama": lambda line: line.office.name,
    "tunggu": lambda line: (-_high(line), not line.is_open, line.office.name),
    "menunggu": lambda line: (-_waiting(line), not line.is_open, line.office.name),
}
"""How the list can be sorted; the first is usual."""


class Transparency:
    """`/transparansi?provinsi=&status=&urut=`: asked for once for everybody."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the offices that are wanted, in the order that is wanted; with an ETag."""
        told = await self._told()
        offices = self._site.directory.all()
        provinces = sorted({office.province for office in offices})
        province = _choice(req, "provinsi", provinces)
        status = _choice(req, "status", get_args(OfficeStatus))
        order = _choice(req, "urut", list(ORDERS)) or next(iter(ORDERS))
        lines = [
            Line(office=office, told=told.get(office.office))
            for office in offices
            if province in {None, office.province} and status in {None, office.status}
        ]
        self._site.renderer.show(
            req, resp, "citizen/transparency.html", lines=sorted(lines, key=ORDERS[order]),
            provinces=provinces, province=province, status=status, order=order, total=len(offices),
            open_offices=sum(office.status in BOOKABLE for office in offices), is_told=bool(told),
            waiting=sum(one.waiting for one in told.values()),
            served=sum(one.served for one in told.values()),
        )  # fmt: skip
        tag_page(req, resp)

    async def _told(self) -> Mapping[str, OfficeSummary]:
        """Ask about all offices; nothing where there is no answer now: the list itself is in memory."""
        try:
            answer = await self._site.backend.ask(ListStatistics())
        except Refused as refused:
            log.info("list_shown_without_figures", code=refused.code)
            return {}
        return {one.office: one for one in answer.offices}


def _choice(req: Request, name: str, known: Sequence[str]) -> str | None:
    wanted = req.get_param(name)
    return wanted if wanted in known else None


def _high(line: Line) -> int:
    return line.told.high_minutes or 0 if line.told else 0


def _waiting(line: Line) -> int:
    return line.told.waiting if line.told else 0
