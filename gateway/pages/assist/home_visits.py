"""`/bantu/{office}/kunjungan`: who asks the office to come, and its answers. For officers and the head."""

from collections.abc import Callable, Mapping
from typing import Any

import falcon
from falcon.asgi import Request, Response

from contracts.access import Access
from contracts.refusals import Refused
from contracts.requests import Request as Asked
from contracts.requests.home_visits import (
    DeclineHomeVisit,
    FinishHomeVisit,
    ListHomeVisits,
    ScheduleHomeVisit,
)
from contracts.words import Role
from gateway.errors import status
from gateway.pages.flash import said, say_next
from gateway.pages.forms import FormFaults, fill, iso_date, read_form
from gateway.pages.site import Site, go_to, signed_in

DECLINES = ("no_team", "outside_area", "address_unclear", "conditions_not_met")

HOURS = tuple(f"{hour:02}.00" for hour in range(7, 19))
"""The hours of a window that can be chosen on the page; over the API any can."""

_VISITING: tuple[Role, ...] = ("officer", "head")
_ABOUT = "kunjungan"

Form = Mapping[str, str]
_ANSWERS: dict[str, tuple[type[Asked[Any]], Callable[[Form], dict[str, object]]]] = {
    "jadwal": (
        ScheduleHomeVisit,
        lambda form: {
            "date": iso_date(form.get("tanggal", "")),
            "window": f"{form.get('dari', '')}-{form.get('sampai', '')}",
        },
    ),
    "tolak": (DeclineHomeVisit, lambda form: {"decline_reason": form.get("alasan", "")}),
    "selesai": (FinishHomeVisit, lambda _: {}),
}
"""What each button asks for, and what its form says."""


class OfficeHomeVisits:
    """The open requests, with a form for each answer."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show them."""
        signed_in(req, _VISITING, office)
        await self._show(req, resp, office, done=said(req, resp, _ABOUT))

    async def on_post_answer(
        self, req: Request, resp: Response, office: str, visit_id: str, answer: str
    ) -> None:
        """Give the answer, or say beside the request why it cannot be given."""
        access = signed_in(req, _VISITING, office)
        if answer not in _ANSWERS:
            raise falcon.HTTPNotFound
        contract, told = _ANSWERS[answer]
        form = await read_form(req)
        try:
            command = fill(contract, {**_asks(access, office), "visit_id": visit_id, **told(form)})
            await self._site.backend.ask(command)
        except FormFaults:
            resp.status = falcon.HTTP_422
            await self._show(req, resp, office, wrong=(visit_id, answer))
        except Refused as refused:
            resp.status = falcon.code_to_http_status(status(refused.code))
            await self._show(req, resp, office, refused=refused)
        else:
            say_next(resp, answer, _ABOUT, secure=self._site.secure)
            go_to(resp, f"/bantu/{office}/kunjungan")

    async def _show(
        self,
        req: Request,
        resp: Response,
        office: str,
        *,
        wrong: tuple[str, str] | None = None,
        refused: Refused | None = None,
        done: str | None = None,
    ) -> None:
        found = self._site.directory.find(office)
        access = signed_in(req, _VISITING, office)
        open_ones = await self._site.backend.ask(fill(ListHomeVisits, _asks(access, office)))
        self._site.renderer.show(
            req, resp, "assist/home_visits.html", office=found, cases=open_ones.cases, declines=DECLINES,
            wrong=wrong, refused=refused, done=done, hours=HOURS,
        )  # fmt: skip


def _asks(access: Access, office: str) -> dict[str, str]:
    return {"office": office, "officer_id": access.subject, "role": access.role}
