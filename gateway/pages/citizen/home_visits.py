"""`/kunjungan`: a visit at home, asked for by or for somebody who is too ill to come."""

from collections.abc import Mapping

from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.dependents import ListDependents
from contracts.requests.home_visits import ListOwnHomeVisits, RequestHomeVisit, WithdrawHomeVisit
from gateway.pages.flash import said, say_next
from gateway.pages.forms import FormFaults, fill, read_form
from gateway.pages.sent_back import SentBack, send_back, sent_back
from gateway.pages.site import BOOKABLE, Site, go_to, signed_in

REASONS = ("ill", "disabled", "elderly")

_PAGE = "/kunjungan"
_ABOUT = "kunjungan"
_FIELDS = ("dependent", "district", "home", "reason", "note", "consent")
_FIELD_OF = {"address": "home"}
_FIELD_OF_CODE = {"sensitive_consent_missing": "consent", "no_office_for_district": "district"}


class HomeVisits:
    """The requests, and a form for another."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show them, and the form: empty, or as it was sent back."""
        access = signed_in(req, {"citizen"})
        own = await self._site.backend.ask(ListOwnHomeVisits(person_id=access.subject))
        family = await self._site.backend.ask(ListDependents(guardian_id=access.subject))
        wrong = sent_back(req, resp)
        self._site.renderer.show(
            req, resp, "citizen/home_visits.html", form=wrong.typed, faults=wrong.faults,
            refused=wrong.refused, done=said(req, resp, _ABOUT),
            visits=[(one, self._site.directory.find(one.office)) for one in own.visits],
            family=family.dependents, districts=visited_districts(self._site), reasons=REASONS,
        )  # fmt: skip

    async def on_post(self, req: Request, resp: Response) -> None:
        """Ask, or lead back to the form with what is wrong."""
        access = signed_in(req, {"citizen"})
        form = await read_form(req)
        try:
            await self._site.backend.ask(request_of(form, access.subject))
        except (FormFaults, Refused) as reason:
            typed = {name: form[name] for name in _FIELDS if form.get(name)}
            self._send_back(resp, SentBack.because(reason, typed, fields=_FIELD_OF_CODE))
        else:
            say_next(resp, "asked", _ABOUT, secure=self._site.secure)
            go_to(resp, _PAGE)

    async def on_post_withdrawal(self, req: Request, resp: Response, visit_id: str) -> None:
        """Need it no more; done again it changes nothing."""
        access = signed_in(req, {"citizen"})
        try:
            await self._site.backend.ask(WithdrawHomeVisit(person_id=access.subject, visit_id=visit_id))
        except Refused as refused:
            self._send_back(resp, SentBack(refused=refused))
        else:
            say_next(resp, "withdrawn", _ABOUT, secure=self._site.secure)
            go_to(resp, _PAGE)

    async def on_get_withdrawal(self, _req: Request, resp: Response, visit_id: str) -> None:
        """Lead to the list: nothing is withdrawn by opening an address."""
        go_to(resp, _PAGE)

    def _send_back(self, resp: Response, wrong: SentBack) -> None:
        send_back(resp, _PAGE, wrong, secure=self._site.secure)


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
