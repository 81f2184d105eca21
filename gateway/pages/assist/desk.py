"""Where helping begins: at which office, what for, or which booking is looked for again."""

import falcon
from falcon.asgi import Request, Response

from contracts.requests.assistance import GetAssistedBooking, GetVillage
from contracts.requests.travel import ListDistricts
from contracts.schema import InvalidMessage, load
from gateway.assisting import ASSISTING
from gateway.pages.assist.clerk import Clerk, clerk_at
from gateway.pages.site import BOOKABLE, Site, go_to, home_of, signed_in


class VillageDesk:
    """`/bantu`: a village's offices; an officer has one."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the offices, or the only one's page."""
        access = signed_in(req, ASSISTING)
        if access.role != "village":
            go_to(resp, f"/bantu/{access.office}")
            return
        village = await self._site.backend.ask(GetVillage(clerk_id=access.subject))
        if len(village.offices) == 1:
            go_to(resp, f"/bantu/{village.offices[0]}")
            return
        offices = [self._site.directory.find(code) for code in village.offices]
        self._site.renderer.show(req, resp, "assist/offices.html", village=village, offices=offices)


class AssistDesk:
    """`/bantu/{office}`: what somebody comes for, and the code of what was booked before."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show both."""
        clerk = await clerk_at(self._site, req, office)
        await show_desk(self._site, req, resp, clerk)


class BookingSearch:
    """`/bantu/{office}/tiket?kode=`: the code that was typed leads to its ticket."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Go there; what can be no code is told beside the field."""
        clerk = await clerk_at(self._site, req, office)
        typed = req.get_param("kode", default="")
        code = "".join(typed.split()).upper()
        try:
            wanted = load(GetAssistedBooking, {**clerk.asks, "code": code})
        except InvalidMessage:
            resp.status = falcon.HTTP_422
            fault = "bad_form" if code else "missing_field"
            await show_desk(self._site, req, resp, clerk, typed=typed, faults={"kode": fault})
        else:
            go_to(resp, f"/bantu/{office}/tiket/{wanted.code}")


async def show_desk(
    site: Site,
    req: Request,
    resp: Response,
    clerk: Clerk,
    *,
    typed: str = "",
    faults: dict[str, str] | None = None,
) -> None:
    """Show where helping begins."""
    site.renderer.show(
        req, resp, "assist/desk.html", clerk=clerk, office=clerk.office, typed=typed, faults=faults or {},
        is_open=clerk.office.status in BOOKABLE, district=await _known_district(site, clerk),
        work=home_of(clerk.access.role, clerk.access.office),
    )  # fmt: skip


async def _known_district(site: Site, clerk: Clerk) -> str | None:
    """Return the village's district where the office knows the way from it: hours are marked then."""
    if clerk.village is None:
        return None
    known = await site.backend.ask(ListDistricts(office=clerk.office.office))
    wanted = clerk.village.district
    return wanted if any(one.district == wanted for one in known.districts) else None
