"""`/akun/keluarga`: people without a sign-in of their own, for whom a citizen books."""

from collections.abc import Mapping

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.dependents import AddDependent, ListDependents, RemoveDependent
from gateway.errors import status
from gateway.pages.citizen.person_form import fill_person
from gateway.pages.forms import FormFaults, faults_of, local_address, read_form
from gateway.pages.site import Site, go_to, signed_in

FORMS_OF_ADDRESS = ("Pak", "Bu", "Kak", "Adik")
CLASSES = ("regular", "disabled", "pregnant", "ill")
"""The elderly and infants are told by their birth date."""

_PAGE = "/akun/keluarga"
_FIELD_OF_CODE = {"bad_nik": "nik", "birth_date_not_of_nik": "birth_date"}


class Family:
    """The list, with a form to add somebody; `lanjut` leads back to where one came from."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the list and the empty form."""
        signed_in(req, {"citizen"})
        await self._show(req, resp, {"lanjut": req.get_param("lanjut", default="")})

    async def on_post(self, req: Request, resp: Response) -> None:
        """Add somebody, or show the form again with what is wrong."""
        access = signed_in(req, {"citizen"})
        form = await read_form(req)
        try:
            await self._site.backend.ask(relative_of(form, access.subject))
        except FormFaults as faulty:
            resp.status = falcon.HTTP_422
            await self._show(req, resp, form, faults=faulty.faults)
        except Refused as refused:
            resp.status = falcon.code_to_http_status(status(refused.code))
            field = _FIELD_OF_CODE.get(refused.code)
            faults = {field: refused.code} if field else faults_of(refused)
            await self._show(req, resp, form, faults=faults, refused=None if faults else refused)
        else:
            go_to(resp, local_address(form.get("lanjut"), _PAGE))

    async def on_post_removal(self, req: Request, resp: Response, person_id: str) -> None:
        """Take somebody off the list; what is booked stays."""
        access = signed_in(req, {"citizen"})
        await self._site.backend.ask(RemoveDependent(guardian_id=access.subject, person_id=person_id))
        go_to(resp, _PAGE)

    async def _show(
        self,
        req: Request,
        resp: Response,
        form: Mapping[str, str],
        *,
        faults: Mapping[str, str] | None = None,
        refused: Refused | None = None,
    ) -> None:
        access = signed_in(req, {"citizen"})
        family = await self._site.backend.ask(ListDependents(guardian_id=access.subject))
        kept = {**form, "lanjut": local_address(form.get("lanjut"), "")}
        self._site.renderer.show(
            req, resp, "citizen/family.html", family=family.dependents, form=kept, faults=faults or {},
            refused=refused, forms_of_address=FORMS_OF_ADDRESS, classes=CLASSES,
        )  # fmt: skip


def relative_of(form: Mapping[str, str], guardian_id: str) -> AddDependent:
    """Read the form. Raises FormFaults."""
    more = {"guardian_id": guardian_id, "priority": form.get("priority", "")}
    return fill_person(AddDependent, form, more, forms_of_address=FORMS_OF_ADDRESS)
