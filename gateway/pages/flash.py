"""What the next page says once: a reload of it does not say it again.

A cookie that lives for a minute and is taken back by the page that reads it ("flash message").
"""

from falcon.asgi import Request, Response

_COOKIE = "antrean_said"
_SECONDS = 60


def say_next(resp: Response, word: str, about: str, *, secure: bool) -> None:
    """Let the next page about this booking say that something was done."""
    resp.set_cookie(_COOKIE, f"{word}.{about}", max_age=_SECONDS, path="/", secure=secure, same_site="Lax")


def said(req: Request, resp: Response, about: str) -> str | None:
    """Return what is to be said about this booking, for the only time."""
    word, _, of = req.cookies.get(_COOKIE, "").partition(".")
    if not word or of != about:
        return None
    resp.unset_cookie(_COOKIE, path="/", same_site="Lax")
    return word
