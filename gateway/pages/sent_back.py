"""A form that goes back to who sent it: what they typed, and what is wrong with it.

POST ── wrong ──▶ 303 to the form's page, with a cookie ──▶ GET shows the form as it was typed, and the fault

So neither Back nor a reload asks to send the form anew. The cookie is read by no script and taken back by the
page that shows it; who never loads that page loses it after a minute. Passwords and NIKs are never in it:
they are typed anew.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

import falcon
import orjson
from falcon.asgi import Request, Response

from contracts.refusals import Refused, RemoteRefusal
from gateway.pages.forms import FormFaults, faults_of

_COOKIE = "antrean_form"
_SECONDS = 60
_MOST_LETTERS = 300
"""Of one field; the longest that any form takes are the address and the note of a visit at home."""
_MOST_BYTES = 3_800
"""Browsers drop a cookie of more than 4,096 with its name and attributes."""
_SECRET = frozenset({"password", "new_password", "erase_password", "contact_password", "nik"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack:
    """What a form's page shows; all of it is empty where nothing was sent back."""

    typed: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    refused: Refused | None = None

    @classmethod
    def because(
        cls,
        reason: FormFaults | Refused,
        typed: Mapping[str, str] | None = None,
        *,
        fields: Mapping[str, str] | None = None,
    ) -> Self:
        """Tell faults beside their fields; `fields` names the one that a refusal's code is about."""
        typed = typed or {}
        if isinstance(reason, FormFaults):
            return cls(typed=typed, faults=reason.faults)
        about = (fields or {}).get(reason.code)
        faults = {about: reason.code} if about else faults_of(reason)
        return cls(typed=typed, faults=faults, refused=None if faults else reason)


def typed_again(wrong: SentBack, typed: Mapping[str, str], secrets: Sequence[str]) -> list[str]:
    """Name the secrets that a page shows empty beside what was typed: all but those told to be missing."""
    if not (typed or wrong.faults or wrong.refused):
        return []
    return [name for name in secrets if wrong.faults.get(name) != "missing_field"]


def send_back(resp: Response, address: str, form: SentBack, *, secure: bool) -> None:
    """Answer 303 to the page of the form, which says what is wrong."""
    page = address.partition("?")[0]
    text = _packed(page, form)
    if len(text) > _MOST_BYTES:
        text = _packed(page, SentBack(faults=form.faults, refused=form.refused))
    resp.set_cookie(
        _COOKIE, text, max_age=_SECONDS, path="/", secure=secure, http_only=True, same_site="Strict"
    )
    resp.status = falcon.HTTP_303
    resp.location = address


def is_sent_back(req: Request) -> bool:
    """Tell whether a form comes along, so that no cache keeps what was typed."""
    return _COOKIE in req.cookies


def sent_back(req: Request, resp: Response) -> SentBack:
    """Return the form that was sent back to this page, for the only time."""
    try:
        kept = orjson.loads(base64.urlsafe_b64decode(req.cookies.get(_COOKIE, "")))
    except ValueError:
        return SentBack()
    if not isinstance(kept, dict) or kept.get("page") != req.path:
        return SentBack()
    resp.unset_cookie(_COOKIE, path="/", same_site="Strict")
    code, data = kept.get("code"), _mapping(kept.get("data"))
    return SentBack(
        typed=_words(kept.get("typed")),
        faults=_words(kept.get("faults")),
        refused=RemoteRefusal(code, data) if isinstance(code, str) else None,
    )


def _packed(page: str, form: SentBack) -> str:
    refused = form.refused
    kept = {
        "page": page,
        "typed": {name: text[:_MOST_LETTERS] for name, text in form.typed.items() if name not in _SECRET},
        "faults": form.faults,
        "code": refused.code if refused else None,
        "data": _mapping(refused.data) if refused else {},
    }
    return base64.urlsafe_b64encode(orjson.dumps(kept)).decode()


def _mapping(told: object) -> dict[str, object]:
    """Keep the numbers and words of a refusal: the sentences about forms need no more."""
    told = told if isinstance(told, dict) else {}
    return {name: value for name, value in told.items() if isinstance(value, str | int | float)}


def _words(told: object) -> dict[str, str]:
    told = told if isinstance(told, dict) else {}
    return {name: value for name, value in told.items() if isinstance(value, str)}
