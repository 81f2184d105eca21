"""What somebody typed before the codes, kept on their own phone until the codes are typed.

Who mistyped the number or the mail address gets no code: they go back, and find the form filled in. Neither
the NIK nor the password is kept; the rest lives as long as the codes, under its own pages, unread by scripts.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass

import orjson
from falcon.asgi import Request, Response

_SECONDS = 600


ROW = "row"
"""For which row the codes are: what was typed for another says nothing of where these went."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The fields of one form, in a cookie of its own for the pages under `path`."""

    cookie: str
    path: str
    fields: tuple[str, ...]

    def keep(self, resp: Response, form: Mapping[str, str], *, secure: bool) -> None:
        """Give the browser what was typed."""
        typed = {name: form[name] for name in self.fields if form.get(name)}
        text = base64.urlsafe_b64encode(orjson.dumps(typed)).decode()
        resp.set_cookie(
            self.cookie,
            text,
            max_age=_SECONDS,
            path=self.path,
            secure=secure,
            http_only=True,
            same_site="Strict",
        )

    def of_row(self, req: Request, row: str) -> dict[str, str]:
        """Return what was typed for this row; nothing where it was for another."""
        typed = self.of(req)
        return typed if typed.get(ROW) == row else {}

    def of(self, req: Request) -> dict[str, str]:
        """Return what was typed; nothing where there is none, or none of ours."""
        try:
            typed = orjson.loads(base64.urlsafe_b64decode(req.cookies.get(self.cookie, "")))
        except ValueError:
            return {}
        known = typed if isinstance(typed, dict) else {}
        return {name: str(known[name]) for name in self.fields if name in known}

    def drop(self, resp: Response) -> None:
        """Take it back."""
        resp.unset_cookie(self.cookie, path=self.path, same_site="Strict")


REGISTRATION = Draft(
    cookie="antrean_draft",
    path="/daftar",
    fields=("name", "birth_date", "sex", "address", "nickname", "shown_as", "phone", "email", ROW),
)
RECOVERY = Draft(cookie="antrean_recovery", path="/lupa-sandi", fields=("login", ROW))
CONTACT = Draft(cookie="antrean_contact", path="/akun", fields=("phone", "email", ROW))
