"""`/kunjungan`: a visit at home, asked for by or for somebody who is too ill to come."""

from collections.abc import Mapping

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.dependents import ListDependents
from contracts.requests.home_visits import ListOwnHomeVisits, RequestHomeVisit, WithdrawHomeVisit
from gateway.errors import status
from gateway.pages.flash import said, say_next
from gateway.pages.forms import FormFaults, faults_of, fill, read_form
from gateway.pages.site import BOOKABLE, Site, go_to, signed_in

REASONS = ("ill", "disabled", "elderly")

_PAGE = "/kunjungan"
_ABOUT = "kunjungan"
_FIELD_OF = {"address": "home"}
_FIELD_OF_CODE = {"sensitive_consent_missing": "consent", "no_office_for_district": "district"}


class HomeVisits:
    """The requests, and a form for another."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show them, and the empty form."""
        signed_in(req, {"citizen"})
        await self._show(req, resp, {}, done=said(req, resp, _ABOUT))

    async def on_post(self, req: Request, resp: Response) -> None:
        """Ask, or show the form again with what is wrong."""
        access = signed_in(req, {"citizen"})
        form = await read_form(req)
        try:
            await self._site.backend.ask(request_of(form, access.subject))
        except FormFaults as faulty:
            resp.status = falcon.HTTP_422
            await self._show(req, resp, form, faults=faulty.faults)
        except Refused as refused:
            resp.status = falcon.code_to_http_status(status(refused.code))
            field = _FIELD_OF_CODE.get(refused.code)
            faults = {field: refused.code} if field else faults_of(refused)
            await self._show(req, resp, form, faults=faults, refused=None if faults else refused)
        else:
            say_next(resp, "asked", _ABOUT, secure=self._site.secure)
            go_to(resp, _PAGE)

    async def on_post_withdrawal(self, req: Request, resp: Response, visit_id: str) -> None:
        """Need it no more; done again it changes nothing."""
        access = signed_in(req, {"citizen"})
        try:
            await self._site.backend.ask(WithdrawHomeVisit(person_id=access.subject, visit_id=visit_id))
        except Refused as refused:
            resp.status = falcon.code_to_http_status(status(refused.code))
            await self._show(req, resp, {}, refused=refused)
        else:
            say_next(resp, "withdrawn", _ABOUT, secure=self._site.secure)
            go_to(resp, _PAGE)

    async def _show(
        self,
        req: Request,
        resp: Response,
        form: Mapping[str, str],
        *,
        faults: Mapping[str, str] | None = None,
        refused: Refused | None = None,
        done: str | None = None,
    ) -> None:
        access = signed_in(req, {"citizen"})
        own = await self._site.backend.ask(ListOwnHomeVisits(person_id=access.subject))
        family = await self._site.backend.ask(ListDependents(guardian_id=access.subject))
        self._site.renderer.show(
            req, resp, "citizen/home_visits.html", form=form, faults=faults or {}, refused=refused,
            visits=[(one, self._site.directory.find(one.office)) for one in own.visits],
            family=family.dependents, districts=visited_districts(self._site), reasons=REASONS, done=done,
        )  # fmt: skip


def request_of(form: Mapping[str, str], person_id: str) -> RequestHomeVisit:
    """Read the form; lines of an address become one. Raises FormFaults."""
    told = {
        "person_id": person_id,
        "dependent": form.get("dependent", ""),
        "district": form.get("district", ""),
        "address": " ".join(form.get("home", "").split()),
        "reason": form.get("reason", ""),
        "note": " ".join(form.get("note", "").split()),
        "consent": "consent" in form,
    }
    faults = {} if "consent" in form else {"consent": "sensitive_consent_missing"}
    try:
        wanted = fill(RequestHomeVisit, told)
    except FormFaults as faulty:
        faults = {_FIELD_OF.get(name, name): code for name, code in faulty.faults.items()} | faults
    if faults:
        raise FormFaults(faults)
    return wanted


def visited_districts(site: Site) -> list[str]:
    """List the cities and regencies that offices with an online queue cover."""
    offices = (office for office in site.directory.all() if office.status in BOOKABLE)
    return sorted({region for office in offices for region in office.covers})
