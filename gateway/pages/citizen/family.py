"""`/akun/keluarga`: people without a sign-in of their own, for whom a citizen books."""

from collections.abc import Mapping
from urllib.parse import urlencode

from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.dependents import AddDependent, ListDependents, RemoveDependent, ShowDependentAs
from gateway.pages.citizen.person_form import fill_person
from gateway.pages.citizen.shown_as import previews, previews_of_form
from gateway.pages.flash import said, say_next
from gateway.pages.forms import FormFaults, fill, local_address, read_form
from gateway.pages.sent_back import SentBack, send_back, sent_back, typed_again
from gateway.pages.site import Site, go_to, signed_in

FORMS_OF_ADDRESS = ("Pak", "Bu", "Kak", "Adik")
CLASSES = ("regular", "disabled", "pregnant", "ill")
"""The elderly and infants are told by their birth date."""

_PAGE = "/akun/keluarga"
_CHANGED = "tampil"
_FIELDS = ("name", "birth_date", "address", "nickname", "shown_as", "priority")
_FIELD_OF_CODE = {"bad_nik": "nik", "birth_date_not_of_nik": "birth_date"}


class Family:
    """The list, with a form to add somebody; `lanjut` leads back to where one came from."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the list and the empty form."""
        access = signed_in(req, {"citizen"})
        family = await self._site.backend.ask(ListDependents(guardian_id=access.subject))
        wrong = sent_back(req, resp)
        kept = {**wrong.typed, "lanjut": local_address(req.get_param("lanjut"), "")}
        self._site.renderer.show(
            req, resp, "citizen/family.html", family=family.dependents, form=kept, faults=wrong.faults,
            refused=wrong.refused, forms_of_address=FORMS_OF_ADDRESS, classes=CLASSES,
            previews=previews_of_form(kept), again=typed_again(wrong, wrong.typed, ("nik",)),
            previews_of={one.person_id: previews(one.name, one.display_name) for one in family.dependents},
            changed=said(req, resp, _PAGE) == _CHANGED,
        )  # fmt: skip

    async def on_post(self, req: Request, resp: Response) -> None:
        """Add somebody, or lead back to the form with what is wrong."""
        access = signed_in(req, {"citizen"})
        form = await read_form(req)
        try:
            await self._site.backend.ask(relative_of(form, access.subject))
        except (FormFaults, Refused) as reason:
            onward = local_address(form.get("lanjut"), "")
            typed = {name: form[name] for name in _FIELDS if form.get(name)}
            wrong = SentBack.because(reason, typed, fields=_FIELD_OF_CODE)
            page = f"{_PAGE}?{urlencode({'lanjut': onward})}" if onward else _PAGE
            send_back(resp, page, wrong, secure=self._site.secure)
        else:
            go_to(resp, local_address(form.get("lanjut"), _PAGE))

    async def on_post_removal(self, req: Request, resp: Response, person_id: str) -> None:
        """Take somebody off the list; what is booked stays."""
        access = signed_in(req, {"citizen"})
        await self._site.backend.ask(RemoveDependent(guardian_id=access.subject, person_id=person_id))
        go_to(resp, _PAGE)

    async def on_post_choice(self, req: Request, resp: Response, person_id: str) -> None:
        """Choose what the hall shows of somebody."""
        access = signed_in(req, {"citizen"})
        form = await read_form(req)
        told = {"guardian_id": access.subject, "person_id": person_id, "shown_as": form.get("shown_as", "")}
        try:
            await self._site.backend.ask(fill(ShowDependentAs, told))
        except (FormFaults, Refused) as reason:
            send_back(resp, _PAGE, SentBack.because(reason), secure=self._site.secure)
        else:
            say_next(resp, _CHANGED, _PAGE, secure=self._site.secure)
            go_to(resp, _PAGE)

    async def on_get_removal(self, _req: Request, resp: Response, person_id: str) -> None:
        """Lead to the list: nobody is taken off by opening an address."""
        go_to(resp, _PAGE)

    on_get_choice = on_get_removal


def relative_of(form: Mapping[str, str], guardian_id: str) -> AddDependent:
    """Read the form. Raises FormFaults."""
    more = {"guardian_id": guardian_id, "priority": form.get("priority", "")}
    return fill_person(AddDependent, form, more, forms_of_address=FORMS_OF_ADDRESS)
