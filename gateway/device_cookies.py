"""What a paired device's browser keeps: its session as people's is kept, and the secret that renews it.

The secret goes to the pairing page alone, and no script reads it. That the browser is a device's is told by a
third cookie, which proves nothing: it leads the device to its pairing page where a person would sign in.
"""

from datetime import timedelta

from falcon.asgi import Request, Response

from contracts.requests.devices import DeviceSession
from gateway.auth import begin_session, end_session

PAIRING_PAGE = "/pasang"

_RENEWAL_COOKIE = "antrean_device_renewal"
_DEVICE_COOKIE = "antrean_device"
_KEPT_SECONDS = int(timedelta(days=90).total_seconds())
"""As long as booking knows a device of which it hears nothing."""


def keep_device_session(resp: Response, session: DeviceSession, *, secure: bool) -> None:
    """Give the browser the device's session, and what renews it."""
    begin_session(resp, session, secure=secure)
    resp.set_cookie(
        _RENEWAL_COOKIE, session.refresh_secret, max_age=_KEPT_SECONDS, path=PAIRING_PAGE, secure=secure,
        http_only=True, same_site="Strict",
    )  # fmt: skip
    resp.set_cookie(
        _DEVICE_COOKIE, session.kind, max_age=_KEPT_SECONDS, path="/", secure=secure, http_only=True,
        same_site="Lax",
    )  # fmt: skip


def drop_device_session(resp: Response) -> None:
    """Let the browser be no device's any more."""
    end_session(resp)
    resp.unset_cookie(_RENEWAL_COOKIE, path=PAIRING_PAGE, same_site="Strict")
    resp.unset_cookie(_DEVICE_COOKIE, path="/", same_site="Lax")


def device_secret(req: Request) -> str:
    """Return what renews the device's session; empty where there is none."""
    return req.cookies.get(_RENEWAL_COOKIE, "")


def is_device(req: Request) -> bool:
    """Tell whether the browser was paired as a device."""
    return _DEVICE_COOKIE in req.cookies


def home_of_device(session: DeviceSession) -> str:
    """Return the page that the device shows."""
    if session.kind == "kiosk":
        return f"/kios/{session.office}"
    if session.kind == "board":
        return f"/papan/{session.office}"
    return f"/papan/{session.office}/{session.counter}"
