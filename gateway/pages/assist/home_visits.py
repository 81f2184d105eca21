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
from gateway.pages.flash import said, say_next
from gateway.pages.forms import FormFaults, fill, iso_date, read_form
from gateway.pages.sent_back import SentBack, send_back, sent_back
from gateway.pages.site import Site, go_to, signed_in

DECLINES = ("no_team", "outside_area", "address_unclear", "conditions_not_met")

HOURS = tuple(f"{hour:02}.00" for hour in range(7, 19))
"""The hours of a window that can be chosen on the page; over the API any can."""

_VISITING: tuple[Role, ...] = ("officer", "head")
_ABOUT = "kunjungan"
_FIELDS = ("tanggal", "dari", "sampai", "alasan")

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
        found = self._site.directory.find(office)
        access = signed_in(req, _VISITING, office)
        open_ones = await self._site.backend.ask(fill(ListHomeVisits, _asks(access, office)))
        wrong = sent_back(req, resp)
        self._site.renderer.show(
            req, resp, "assist/home_visits.html", office=found, cases=open_ones.cases, declines=DECLINES,
            hours=HOURS, wrong=wrong.faults, typed=wrong.typed, refused=wrong.refused,
            done=said(req, resp, _ABOUT),
        )  # fmt: skip

    async def on_post_answer(
        self, req: Request, resp: Response, office: str, visit_id: str, answer: str
    ) -> None:
        """Give the answer, or lead back to the request, which says why it cannot be given."""
        access = signed_in(req, _VISITING, office)
        if answer not in _ANSWERS:
            raise falcon.HTTPNotFound
        contract, told = _ANSWERS[answer]
        form = await read_form(req)
        try:
            command = fill(contract, {**_asks(access, office), "visit_id": visit_id, **told(form)})
            await self._site.backend.ask(command)
        except FormFaults:
            typed = {name: form[name] for name in _FIELDS if form.get(name)}
            self._send_back(resp, office, SentBack(typed=typed, faults={visit_id: answer}))
        except Refused as refused:
            self._send_back(resp, office, SentBack(refused=refused))
        else:
            say_next(resp, answer, _ABOUT, secure=self._site.secure)
            go_to(resp, _page(office))

    async def on_get_answer(
        self, _req: Request, resp: Response, office: str, visit_id: str, answer: str
    ) -> None:
        """Lead to the list: nobody is answered by opening an address."""
        go_to(resp, _page(office))

    def _send_back(self, resp: Response, office: str, wrong: SentBack) -> None:
        send_back(resp, _page(office), wrong, secure=self._site.secure)


def _page(office: str) -> str:
    return f"/bantu/{office}/kunjungan"


def _asks(access: Access, office: str) -> dict[str, str]:
    return {"office": office, "officer_id": access.subject, "role": access.role}
