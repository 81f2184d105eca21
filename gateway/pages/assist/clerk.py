"""Who sits at the desk: an officer of the office, or the clerk of a village that it covers."""

from dataclasses import dataclass

from falcon.asgi import Request

from contracts.access import Access
from contracts.events.booking import OfficeChanged
from contracts.refusals import Refused
from contracts.requests.assistance import GetVillage, Village
from gateway.assisting import ASSISTING, require_assisting
from gateway.pages.site import BOOKABLE, Site, signed_in


class OfficeNotCovering(Refused):
    """The office is not for the people of the village's district; data: `office`, `district`."""

    code = "office_not_covering"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clerk:
    """Who helps, at which office; `village` is told of a village's clerk."""

    access: Access
    office: OfficeChanged
    village: Village | None = None

    @property
    def asks(self) -> dict[str, str]:
        """The same as the fields of a request."""
        return {
            "officer_id": self.access.subject,
            "role": self.access.role,
            "office": self.office.office,
        }


async def clerk_at(site: Site, req: Request, office: str) -> Clerk:
    """Return who helps at an office.

    Raises UnknownOffice, OfficeNotCovering, and what `require_assisting` does.
    """
    found = site.directory.find(office)
    signed_in(req, ASSISTING)
    access = require_assisting(req, office)
    if access.role != "village":
        return Clerk(access=access, office=found)
    village = await site.backend.ask(GetVillage(clerk_id=access.subject))
    if found.status in BOOKABLE and office not in village.offices:
        raise OfficeNotCovering(office=office, district=village.district)
    return Clerk(access=access, office=found, village=village)
