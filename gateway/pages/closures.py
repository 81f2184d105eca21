"""`/kepala/{office}/tutup`: a day, or some hours, on which the office is shut; or is open after all.

    which day, why ──▶ the plan in force with this closure, as a draft ──▶ what it would do ──▶ apply

No plan need be read or written for it; what follows is the page that every plan goes through.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from falcon.asgi import Request, Response

from contracts.events.booking import OfficeChanged
from contracts.office_plan import ClosurePlan
from contracts.refusals import Refused
from contracts.requests.office_head import DraftClosures, GetOfficePlan
from gateway.pages.forms import FormFaults, faults_of, fill, read_form
from gateway.pages.head import PlanEditor, own_office
from gateway.pages.plan_draft import keep_plan
from gateway.pages.sent_back import SentBack, send_back, sent_back
from gateway.pages.site import go_to

_FIELDS = ("from_date", "to_date", "from_hour", "to_hour", "closure_reason")
_OF_CONTRACT = {"reason": "closure_reason", "hours": "to_hour"}


class Closures(PlanEditor):
    """The closures to come, and the form for one more."""

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show them."""
        found = own_office(self._site, req, office)
        present = await self._site.backend.ask(GetOfficePlan(office=office))
        wrong, today = sent_back(req, resp), _today(found)
        self._site.renderer.show(
            req, resp, "head/closures.html", office=found, faults=wrong.faults, typed=wrong.typed,
            refused=wrong.refused, today=today,
            closures=[one for one in present.plan.closures if _last_date(one) >= today],
        )  # fmt: skip

    async def on_post(self, req: Request, resp: Response, office: str) -> None:
        """Lead to what one more would do, or back to the form with what is wrong."""
        found = own_office(self._site, req, office)
        form = await read_form(req)
        typed = {name: form[name] for name in _FIELDS if form.get(name)}
        try:
            closure = closure_of(form, today=_today(found))
            present = await self._site.backend.ask(GetOfficePlan(office=office))
            await self._lead_on(req, resp, found, (*present.plan.closures, closure))
        except FormFaults as faulty:
            self._send_back(resp, office, SentBack(typed=typed, faults=faulty.faults))
        except Refused as refused:
            faults = {_field(pointer): code for pointer, code in faults_of(refused).items()}
            wrong = SentBack(typed=typed, faults=faults, refused=None if faults else refused)
            self._send_back(resp, office, wrong)

    async def on_post_reopen(self, req: Request, resp: Response, office: str) -> None:
        """Lead to what the plan without one of its closures would do; one that is gone leads to the list."""
        found = own_office(self._site, req, office)
        form = await read_form(req)
        present = await self._site.backend.ask(GetOfficePlan(office=office))
        left = tuple(one for one in present.plan.closures if _name(one) != form.get("closure"))
        if len(left) == len(present.plan.closures):
            go_to(resp, _page(office))
            return
        try:
            await self._lead_on(req, resp, found, left)
        except Refused as refused:
            self._send_back(resp, office, SentBack(refused=refused))

    async def on_get_reopen(self, _req: Request, resp: Response, office: str) -> None:
        """Lead to the list: nothing is decided by opening an address."""
        go_to(resp, _page(office))

    async def _lead_on(
        self, req: Request, resp: Response, office: OfficeChanged, closures: Sequence[ClosurePlan]
    ) -> None:
        draft = await self._site.backend.ask(DraftClosures(office=office.office, closures=tuple(closures)))
        if keep_plan(resp, office.office, draft.text, secure=self._site.secure):
            go_to(resp, f"/kepala/{office.office}/rencana/berlakukan")
        else:
            await self._look(req, resp, office, draft.text)  # too long to be kept: answered at once

    def _send_back(self, resp: Response, office: str, wrong: SentBack) -> None:
        send_back(resp, _page(office), wrong, secure=self._site.secure)


def closure_of(form: Mapping[str, str], *, today: date) -> ClosurePlan:
    """Read the form; without hours it is whole days. Raises FormFaults."""
    told = {name: form.get(name, "") for name in ("from_date", "to_date")}
    told |= {"reason": form.get("closure_reason", ""), "hours": _span(form)}
    try:
        closure = fill(ClosurePlan, told)
    except FormFaults as faulty:
        found = {_OF_CONTRACT.get(name, name): code for name, code in faulty.faults.items()}
        raise FormFaults({name: found[name] for name in _FIELDS if name in found}) from faulty
    if _last_date(closure) < today:
        raise FormFaults({"to_date" if closure.to_date else "from_date": "day_past"})
    return closure


def _span(form: Mapping[str, str]) -> str:
    begins, ends = (form.get(name, "").replace(":", ".") for name in ("from_hour", "to_hour"))
    if bool(begins) != bool(ends):
        raise FormFaults({"to_hour" if begins else "from_hour": "missing_field"})
    return f"{begins}-{ends}" if begins else ""


def _field(pointer: str) -> str:
    """Name the form's field that a fault of the plan is about: `closures/2/to_date`."""
    name = pointer.rpartition("/")[2]
    return _OF_CONTRACT.get(name, name)


def _name(closure: ClosurePlan) -> str:
    """Tell closures apart, as the list's buttons name them."""
    return f"{closure.from_date}/{_last_date(closure)}/{closure.hours or ''}"


def _last_date(closure: ClosurePlan) -> date:
    return closure.to_date or closure.from_date


def _today(office: OfficeChanged) -> date:
    return datetime.now(UTC).astimezone(ZoneInfo(office.timezone)).date()


def _page(office: str) -> str:
    return f"/kepala/{office}/tutup"
