"""The day at an office at a glance, for its head."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from falcon.asgi import Request, Response

from contracts.hall import Step
from contracts.refusals import Refused
from contracts.requests.floor import FloorTicket, GetFloor
from contracts.requests.floor_today import GetToday
from contracts.requests.staff import ListStaff
from contracts.words import ServiceCode
from gateway.pages.counter import steps_of
from gateway.pages.site import Site, signed_in

_AWAY = frozenset({"no_answer", "service_unavailable", "internal"})


class HeadToday:
    """`/kepala/{office}/hari-ini`: counters, who waits, goals, no-shows, calls out of turn.

    Where check-in is away the page says so, and leads to the others all the same.
    """

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show the day as it is now."""
        found = self._site.directory.find(office)
        signed_in(req, {"head"}, office)
        now = datetime.now(UTC)
        shown = {"office": found, "now": now, "has_steps": len(steps_of(found)) > 1}
        names = await self._names(office)
        try:
            floor = await self._site.backend.ask(GetFloor(office=office))
            today = await self._site.backend.ask(GetToday(office=office))
        except Refused as refused:
            if refused.code not in _AWAY:
                raise
            self._site.renderer.show(req, resp, "head/today.html", **shown, floor=None, emergencies=())
            return
        self._site.renderer.show(
            req, resp, "head/today.html", **shown, floor=floor, today=today,
            lines=lines_of(floor.waiting, now), minutes=Minutes(now), names=names,
            emergencies=[counter for counter in floor.counters if counter.emergency_since is not None],
        )  # fmt: skip

    async def _names(self, office: str) -> dict[str, str]:
        """Return who works here by their ids; nobody's while booking is away, which must not hide the day."""
        try:
            staff = await self._site.backend.ask(ListStaff(office=office))
        except Refused as refused:
            if refused.code not in _AWAY:
                raise
            return {}
        return {member.subject: member.name for member in staff.members}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Who waits for a service's step: how many, and for how long the one who waits longest."""

    service: ServiceCode
    step: Step
    waiting: int
    longest_minutes: int


class Minutes:
    """`minutes(since)`: how many whole minutes have passed."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def __call__(self, since: datetime) -> int:
        """Count them; a clock that is behind makes none."""
        return max(0, int((self._now - since).total_seconds() // 60))


def lines_of(waiting: Iterable[FloorTicket], now: datetime) -> list[Line]:
    """Count who waits by service and step, the longest wait first."""
    minutes = Minutes(now)
    waits: defaultdict[tuple[ServiceCode, Step], list[int]] = defaultdict(list)
    for ticket in waiting:
        waits[ticket.service, ticket.step].append(minutes(ticket.waiting_since))
    lines = (
        Line(service=service, step=step, waiting=len(each), longest_minutes=max(each))
        for (service, step), each in waits.items()
    )
    return sorted(lines, key=lambda line: (-line.longest_minutes, line.service, line.step))
