"""The days and hours for somebody who is helped: the citizen's timetable, with the places kept for them."""

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from gateway.errors import status
from gateway.pages.assist.clerk import Clerk, clerk_at
from gateway.pages.citizen.choice import Choice, NoSuchDay
from gateway.pages.citizen.office_page import show_closed
from gateway.pages.citizen.timetable import timetable_of
from gateway.pages.sent_back import SentBack, send_back, sent_back
from gateway.pages.site import BOOKABLE, Site

_GONE = "slot_id"


class AssistedHours:
    """`/bantu/{office}/{service}[/{day}]`: the first free day is open unless one is asked for."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str, **path: str) -> None:
        """Show the hours."""
        clerk = await clerk_at(self._site, req, office)
        try:
            choice = choice_of(self._site, req, clerk, path)
        except NoSuchDay as none:
            path.pop("day", None)
            resp.status = falcon.code_to_http_status(status(none.code))
            await show_assisted_hours(
                self._site, req, resp, choice_of(self._site, req, clerk, path), refused=none
            )
        else:
            wrong = sent_back(req, resp)
            gone = wrong.typed.get(_GONE)
            await show_assisted_hours(self._site, req, resp, choice, gone=gone, refused=wrong.refused)


def choice_of(site: Site, req: Request, clerk: Clerk, path: dict[str, str]) -> Choice:
    """Read from the address what is chosen. Raises NoSuchDay, HTTPNotFound."""
    return Choice.of(site, {**path, "office": clerk.office.office}, req, is_assisted=True)


def lead_to_hours(site: Site, resp: Response, choice: Choice, *, gone: str, refused: Refused) -> None:
    """Answer 303 to the hours of the same day, which say why the chosen one cannot be had."""
    wrong = SentBack(typed={_GONE: gone}, refused=refused)
    send_back(resp, choice.address, wrong, secure=site.secure)


async def show_assisted_hours(
    site: Site,
    req: Request,
    resp: Response,
    choice: Choice,
    *,
    gone: str | None = None,
    refused: Refused | None = None,
) -> None:
    """Show the hours to choose from; `gone` is one that was chosen and cannot be had, as `refused` says."""
    if choice.office.status not in BOOKABLE:
        await show_closed(site, req, resp, choice.office)
        return
    timetable = await timetable_of(site, choice, req.context.locale)
    nearest = [] if gone is None else timetable.nearest_to(gone)
    site.renderer.show(
        req, resp, "assist/hours.html", choice=timetable.choice, timetable=timetable, nearest=nearest,
        refused=refused,
    )  # fmt: skip
