"""What somebody typed to register, kept on their own phone until the codes are typed.

Who mistyped the number or the mail address gets no code: they go back, and find the form filled in. Neither
the NIK nor the password is kept; the rest lives as long as the codes, under /daftar only, unread by scripts.
"""

import base64
from collections.abc import Mapping

import orjson
from falcon.asgi import Request, Response

_COOKIE = "antrean_draft"
_SECONDS = 600
_PATH = "/daftar"
_FIELDS = ("name", "birth_date", "sex", "address", "nickname", "shown_as", "phone", "email")


def keep_draft(resp: Response, form: Mapping[str, str], *, secure: bool) -> None:
    """Give the browser what was typed."""
    typed = {name: form[name] for name in _FIELDS if form.get(name)}
    text = base64.urlsafe_b64encode(orjson.dumps(typed)).decode()
    resp.set_cookie(
        _COOKIE, text, max_age=_SECONDS, path=_PATH, secure=secure, http_only=True, same_site="Strict"
    )


def draft_of(req: Request) -> dict[str, str]:
    """Return what was typed; nothing where there is none, or none of ours."""
    try:
        typed = orjson.loads(base64.urlsafe_b64decode(req.cookies.get(_COOKIE, "")))
    except ValueError:
        return {}
    known = typed if isinstance(typed, dict) else {}
    return {name: str(known[name]) for name in _FIELDS if name in known}


def drop_draft(resp: Response) -> None:
    """Take it back."""
    resp.unset_cookie(_COOKIE, path=_PATH, same_site="Strict")
