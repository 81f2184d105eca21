"""Who of a family has to wait before they may book at an office, as they did not come."""

from collections.abc import Sequence

from falcon.asgi import Request

from contracts.requests.booking import ListBookings
from contracts.requests.no_show import NoShowWait
from gateway.pages.citizen.timetable import Timetable
from gateway.pages.site import Site, is_citizen


async def waits_for(site: Site, req: Request, timetable: Timetable) -> Sequence[NoShowWait]:
    """Ask for the waits of who looks; nobody is asked where the office has no such rule."""
    if timetable.no_show is None or not is_citizen(req):
        return ()
    answer = await site.backend.ask(ListBookings(person_id=req.context.access.subject))
    return waits_at(timetable.choice.office.office, answer.waits)


def waits_at(office: str, waits: Sequence[NoShowWait]) -> Sequence[NoShowWait]:
    """Return those of some waits that are for an office."""
    return [one for one in waits if one.office == office]
