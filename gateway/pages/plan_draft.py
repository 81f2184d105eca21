"""The plan that an office's head is about to put into effect, kept by the head's own browser.

Between the editor, its mistakes, the preview and the last button the text is on no server. A link from
elsewhere cannot bring one along, which it could if the address carried the plan.
"""

import base64
import zlib

from falcon.asgi import Request, Response

from gateway.commands import MOST_BODY_BYTES

_COOKIE = "antrean_plan"
_SECONDS = 3600
_PATH = "/kepala/{office}/rencana"
_MOST_BYTES = 3_800
"""Packed: about 15,000 letters of YAML. Browsers drop a cookie of more than 4,096."""


def keep_plan(resp: Response, office: str, text: str, *, secure: bool) -> bool:
    """Give the browser the text, and tell whether it is short enough to be kept."""
    packed = base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode()
    if len(packed) > _MOST_BYTES:
        return False
    path = _PATH.format(office=office)
    resp.set_cookie(
        _COOKIE, packed, max_age=_SECONDS, path=path, secure=secure, http_only=True, same_site="Strict"
    )
    return True


def kept_plan(req: Request) -> str | None:
    """Return the text; None where there is none, or none of ours."""
    try:
        packed = base64.urlsafe_b64decode(req.cookies.get(_COOKIE, ""))
        return zlib.decompressobj().decompress(packed, MOST_BODY_BYTES).decode() or None
    except (ValueError, zlib.error):
        return None


def drop_plan(resp: Response, office: str) -> None:
    """Take it back."""
    resp.unset_cookie(_COOKIE, path=_PATH.format(office=office), same_site="Strict")
