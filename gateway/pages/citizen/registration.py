"""Making an account."""

from collections.abc import Mapping

import falcon
from falcon.asgi import Request, Response

from contracts.refusals import Refused
from contracts.requests.accounts import CreateAccount, OpenSession
from contracts.words import Locale
from gateway.auth import begin_session
from gateway.errors import status
from gateway.pages.forms import FormFaults, faults_of, fill, local_address, read_form
from gateway.pages.site import Site, go_to

FORMS_OF_ADDRESS = ("Pak", "Bu", "Sdr.", "Sdri.")

_FIELDS = ("name", "nik", "address", "nickname", "phone", "email", "password")
_NICKNAME = {"display_name": "nickname"}
_FIELD_OF_CODE = {"bad_nik": "nik", "bad_phone": "phone"}


class Register:
    """`/daftar`: make an account, and be signed in with it."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def on_get(self, req: Request, resp: Response) -> None:
        """Show the empty form."""
        self._show(req, resp, {"lanjut": req.get_param("lanjut", default="")})

    async def on_post(self, req: Request, resp: Response) -> None:
        """Make the account and go on, or show the form again with what is wrong."""
        form = await read_form(req)
        try:
            wanted = account_of(form, req.context.locale)
            await self._site.backend.ask(wanted)
        except FormFaults as faulty:
            resp.status = falcon.HTTP_422
            self._show(req, resp, form, faults=faulty.faults)
        except Refused as refused:
            resp.status = falcon.code_to_http_status(status(refused.code))
            faults = _faults(refused)
            self._show(req, resp, form, faults=faults, refused=None if faults else refused)
        else:
            await self._sign_in(resp, wanted)
            go_to(resp, local_address(form.get("lanjut"), "/kantor"))

    async def _sign_in(self, resp: Response, account: CreateAccount) -> None:
        session = await self._site.backend.ask(OpenSession(login=account.email, password=account.password))
        begin_session(resp, session, secure=self._site.secure)

    def _show(
        self,
        req: Request,
        resp: Response,
        form: Mapping[str, str],
        *,
        faults: Mapping[str, str] | None = None,
        refused: Refused | None = None,
    ) -> None:
        kept = {name: value for name, value in form.items() if name != "password"}
        kept["lanjut"] = local_address(form.get("lanjut"), "")
        values = {"form": kept, "faults": faults or {}, "forms_of_address": FORMS_OF_ADDRESS}
        self._site.renderer.show(req, resp, "citizen/register.html", refused=refused, **values)


def account_of(form: Mapping[str, str], locale: Locale) -> CreateAccount:
    """Read the form. The name for the hall is a form of address and a nickname. Raises FormFaults."""
    address, nickname = form.get("address", ""), form.get("nickname", "")
    fields = {name: form.get(name, "") for name in ("name", "phone", "email", "password")}
    fields |= {
        "nik": "".join(form.get("nik", "").split()),
        "display_name": f"{address} {nickname}" if nickname else "",
        "locale": locale,
    }
    faults = {} if address in FORMS_OF_ADDRESS else {"address": "missing_field"}
    try:
        account = fill(CreateAccount, fields)
    except FormFaults as faulty:
        faults |= {_NICKNAME.get(name, name): code for name, code in faulty.faults.items()}
    if faults:
        raise FormFaults({name: faults[name] for name in _FIELDS if name in faults})
    return account


def _faults(refused: Refused) -> dict[str, str]:
    field = _FIELD_OF_CODE.get(refused.code)
    return {field: refused.code} if field else faults_of(refused)
