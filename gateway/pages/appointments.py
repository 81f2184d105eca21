"""`/loket/{office}/janji`: who has booked a day, for the screen of the staff and for paper.

Check-in answers from its own list, so the page is there while booking is away; on paper it is there while the
screens are dark.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.appointments import Appointments, ListAppointments
from gateway.pages.dates import local_day
from gateway.pages.forms import FormFaults, fill
from gateway.pages.site import Site, signed_in
from gateway.routes.counters import STAFF

_DAYS = 7


class AppointmentList:
    """The day that the address names, or today."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show it, and lead to the days that come."""
        found = self._site.directory.find(office)
        signed_in(req, STAFF, office)
        now = datetime.now(UTC)
        today = local_day(now, found.timezone)
        faults: Mapping[str, str] = {}
        refused: Refused | None = None
        listed: Appointments | None = None
        try:
            asked = fill(ListAppointments, {"office": office, "day": req.get_param("tanggal") or ""})
            listed = await self._site.backend.ask(asked)
        except FormFaults as wrong:
            faults = wrong.faults
        except Refused as reason:
            refused = reason
        self._site.renderer.show(
            req, resp, "appointments.html", office=found, listed=listed, faults=faults, refused=refused,
            now=now, today=today, days=[today + timedelta(days=ahead) for ahead in range(_DAYS)],
        )  # fmt: skip
