"""The page of an office's head: the coming days, whose booking is affected, and the office's plan.

    edit or upload ──check──▶ mistakes, each with its line ──▶ edit again
                      └─────▶ preview: which days change, whose booking is affected ──▶ apply ──▶ days

All of it are forms; no script is needed. The head's browser keeps the draft meanwhile, so that each of these
pages can be reloaded and gone back to.
"""

from dataclasses import replace

from falcon.asgi import Request, Response

from contracts.events.booking import OfficeChanged
from contracts.refusals import Refused
from contracts.requests.booking import ChangeOfficePlan, ListAffectedBookings
from contracts.requests.office_head import (
    GetOfficePlan,
    GetOfficeSchedule,
    PreviewOfficePlan,
    ReadPlanText,
    ScheduledDay,
)
from gateway.commands import MOST_BODY_BYTES, BodyTooLarge
from gateway.pages.forms import read_form
from gateway.pages.plan_draft import drop_plan, keep_plan, kept_plan
from gateway.pages.sent_back import SentBack, send_back, sent_back
from gateway.pages.site import Site, go_to, signed_in

_SHOWN = "/kepala/{office}"
_DRAFT = "usulan"


class HeadPage:
    """`/kepala/{office}`: the next fourteen days, and the bookings that are affected."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show them."""
        found = own_office(self._site, req, office)
        days = await self._site.backend.ask(GetOfficeSchedule(office=office))
        affected = await self._site.backend.ask(ListAffectedBookings(office=office))
        self._site.renderer.show(
            req, resp, "head/days.html", office=found, days=days.days, affected=affected.bookings,
            applied=req.get_param_as_bool("berlaku", default=False),
        )  # fmt: skip


class AffectedList:
    """`/kepala/{office}/terdampak`: the affected bookings, to be printed."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show them."""
        found = own_office(self._site, req, office)
        affected = await self._site.backend.ask(ListAffectedBookings(office=office))
        self._site.renderer.show(req, resp, "head/affected.html", office=found, affected=affected.bookings)


class PlanEditor:
    """`/kepala/{office}/rencana`: the plan in force as YAML, edited here or sent as a file.

    `?usulan=1` shows the head's own draft instead, with its mistakes.
    """

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show the plan in force, or the draft."""
        found = own_office(self._site, req, office)
        draft = kept_plan(req) if req.has_param(_DRAFT) else None
        if draft is None:
            present = await self._site.backend.ask(GetOfficePlan(office=office))
            self._show(req, resp, found, text=present.text)
            return
        reading = await self._site.backend.ask(ReadPlanText(office=office, text=draft))
        refused = sent_back(req, resp).refused
        self._show(req, resp, found, text=draft, mistakes=reading.mistakes, refused=refused)

    async def on_post(self, req: Request, resp: Response, office: str) -> None:
        """Check what was sent: lead to its mistakes, or to what it would change."""
        found = own_office(self._site, req, office)
        text = await _sent_text(req)
        if not keep_plan(resp, office, text, secure=self._site.secure):
            await self._look(req, resp, found, text)  # too long to be kept: answered at once
            return
        reading = await self._site.backend.ask(ReadPlanText(office=office, text=text))
        go_to(resp, self._draft_page(office) if reading.plan is None else f"{self._page(office)}/berlakukan")

    async def _look(
        self,
        req: Request,
        resp: Response,
        office: OfficeChanged,
        text: str,
        *,
        refused: Refused | None = None,
    ) -> None:
        reading = await self._site.backend.ask(ReadPlanText(office=office.office, text=text))
        if reading.plan is None:
            self._show(req, resp, office, text=text, mistakes=reading.mistakes)
            return
        try:
            preview = await self._site.backend.ask(PreviewOfficePlan(office=office.office, plan=reading.plan))
        except Refused as reason:
            self._show(req, resp, office, text=text, refused=reason)
            return
        self._site.renderer.show(
            req, resp, "head/preview.html", office=office, text=text, preview=preview, refused=refused,
            changed=changed_days(preview.before, preview.after),
        )  # fmt: skip

    def _show(self, req: Request, resp: Response, office: OfficeChanged, **values: object) -> None:
        shown = {"refused": None, "mistakes": (), **values}
        self._site.renderer.show(req, resp, "head/plan.html", office=office, **shown)

    def _page(self, office: str) -> str:
        return f"{_SHOWN.format(office=office)}/rencana"

    def _draft_page(self, office: str) -> str:
        return f"{self._page(office)}?{_DRAFT}=1"


class PlanApplied(PlanEditor):
    """`/kepala/{office}/rencana/berlakukan`: what the draft would change, and putting it into effect."""

    async def on_get(self, req: Request, resp: Response, office: str) -> None:
        """Show what the draft would change; without one lead to the plan."""
        found, draft = own_office(self._site, req, office), kept_plan(req)
        if draft is None:
            go_to(resp, self._page(office))
        else:
            await self._look(req, resp, found, draft, refused=sent_back(req, resp).refused)

    async def on_post(self, req: Request, resp: Response, office: str) -> None:
        """Apply it; sent twice, it changes nothing the second time."""
        own_office(self._site, req, office)
        head = signed_in(req, {"head"}, office)
        form = await read_form(req)
        text = form.get("rencana", "")
        reading = await self._site.backend.ask(ReadPlanText(office=office, text=text))
        if reading.plan is None:
            keep_plan(resp, office, text, secure=self._site.secure)
            go_to(resp, self._draft_page(office))
            return
        try:
            command = ChangeOfficePlan(office=office, plan=reading.plan, changed_by=head.subject)
            await self._site.backend.ask(replace(command, edition=form.get("edisi") or None))
        except Refused as refused:
            keep_plan(resp, office, text, secure=self._site.secure)
            is_late = refused.code == "plan_changed_meanwhile"
            page = f"{self._page(office)}/berlakukan" if is_late else self._draft_page(office)
            send_back(resp, page, SentBack(refused=refused), secure=self._site.secure)
        else:
            drop_plan(resp, office)
            go_to(resp, f"{_SHOWN.format(office=office)}?berlaku=1")


def changed_days(
    before: tuple[ScheduledDay, ...], after: tuple[ScheduledDay, ...]
) -> list[tuple[ScheduledDay, ScheduledDay]]:
    """Pair the days that differ."""
    return [(old, new) for old, new in zip(before, after, strict=True) if old != new]


def own_office(site: Site, req: Request, office: str) -> OfficeChanged:
    """Return the office whose head is looking. Raises UnknownOffice, NotAllowed, OtherOffice."""
    found = site.directory.find(office)
    signed_in(req, {"head"}, office)
    return found


async def _sent_text(req: Request) -> str:
    """Return the file that was sent along, else the text that was edited. Raises BodyTooLarge."""
    if (req.content_length or 0) > MOST_BODY_BYTES:
        raise BodyTooLarge
    parts: dict[str, str] = {}
    async for part in await req.get_media():
        data: bytes = await part.get_data()
        parts[part.name] = data.decode("utf-8", "replace")
    return parts.get("berkas") or parts.get("rencana", "").replace("\r\n", "\n")
