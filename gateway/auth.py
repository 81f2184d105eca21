"""Who is asking: the access token from the Authorization header or the session cookie."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlsplit

from falcon.asgi import Request, Response

from contracts.access import Access, AccessExpired, AccessInvalid, AccessVerifier
from contracts.keys import VerifyingKeys
from contracts.refusals import Refused
from contracts.requests.accounts import Session
from contracts.requests.devices import DeviceSession
from contracts.words import Role
from gateway.revocations import RevokedSessions

SESSION_COOKIE = "antrean_session"

IN_CHARGE: tuple[Role, ...] = ("head", "admin")
"""Who decides about an office: its head, and the administrators about every one."""

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_REMEMBERED_TOKENS = 8192


class NotSignedIn(Refused):
    """The request names nobody."""

    code = "not_signed_in"


class SessionExpired(Refused):
    """The token was genuine, and its time is over."""

    code = "session_expired"


class SessionRevoked(Refused):
    """The session was ended: everywhere, or with a change of the password."""

    code = "session_revoked"


class BadToken(Refused):
    """The token is none of ours, or was changed."""

    code = "bad_token"


class NotAllowed(Refused):
    """The asker's role does not include this."""

    code = "not_allowed"


class OtherOffice(Refused):
    """The asker belongs to another office."""

    code = "other_office"


class CrossSite(Refused):
    """Another website tried to use the browser's session here."""

    code = "cross_site"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Who asks, or why that cannot be said; a public answer needs neither."""

    access: Access | None = None
    fault: Refused | None = None


ANONYMOUS = Asker()


class Authenticator:
    """Reads who asks. A token's signature is checked once, its expiry and its revocation every time."""

    def __init__(self, keys: VerifyingKeys, revoked: RevokedSessions) -> None:
        verifier = AccessVerifier(keys)
        self._revoked = revoked

        @lru_cache(maxsize=_REMEMBERED_TOKENS)
        def verified(token: str) -> Access:
            return verifier.verify(token, now=datetime.now(UTC))

        self._verified = verified

    def identify(self, req: Request) -> Asker:
        """Return the asker. Raises CrossSite where another site's page would change something here.

        A bearer token is the asker's own doing; a cookie, and a form to sign in with, need not be.
        """
        authorization = req.get_header("Authorization")
        if authorization is not None:
            return self.identify_bearer(authorization)
        token = _cookie(req)
        if req.method not in _SAFE_METHODS:
            same_origin = _is_same_origin(req)
            if same_origin is False or (token and not same_origin):
                raise CrossSite
        return self._read(token) if token else ANONYMOUS

    def identify_bearer(self, authorization: str) -> Asker:
        """Return whom an Authorization header names."""
        scheme, _, token = authorization.partition(" ")
        return self._read(token.strip()) if scheme.lower() == "bearer" else Asker(fault=BadToken())

    def _read(self, token: str) -> Asker:
        try:
            access = self._verified(token)
        except AccessExpired:
            return Asker(fault=SessionExpired())
        except AccessInvalid:
            return Asker(fault=BadToken())
        if access.expires_at <= datetime.now(UTC):
            return Asker(fault=SessionExpired())
        if self._revoked.includes(access):
            return Asker(fault=SessionRevoked())
        return Asker(access=access)


def require(req: Request, roles: Collection[Role], office: str | None = None) -> Access:
    """Return who asks, if the role is one of `roles` and, where one is given, the office is theirs.

    Raises NotSignedIn, SessionExpired, SessionRevoked, BadToken, NotAllowed, OtherOffice.
    """
    access: Access | None = req.context.access
    if access is None:
        raise req.context.access_fault or NotSignedIn()
    if access.role not in roles:
        raise NotAllowed
    if office is not None and access.office != office:
        raise OtherOffice(office=access.office)
    return access


def require_in_charge(req: Request, office: str) -> Access:
    """Return who asks, if they are in charge of the office. Raises as `require` does."""
    access = require(req, IN_CHARGE)
    return access if access.role == "admin" else require(req, IN_CHARGE, office)


def begin_session(resp: Response, session: Session | DeviceSession, *, secure: bool) -> None:
    """Give the browser the session's cookie; scripts cannot read it, other sites cannot send it along."""
    resp.set_cookie(
        SESSION_COOKIE, session.token, expires=session.expires_at, path="/", secure=secure, http_only=True,
        same_site="Lax",
    )  # fmt: skip


def end_session(resp: Response) -> None:
    """Take the session's cookie back."""
    resp.unset_cookie(SESSION_COOKIE, path="/", same_site="Lax")


def _cookie(req: Request) -> str:
    if SESSION_COOKIE not in (req.get_header("Cookie") or ""):
        return ""
    return req.cookies.get(SESSION_COOKIE, "")


def _is_same_origin(req: Request) -> bool | None:
    """Tell by headers that pages cannot forge: Sec-Fetch-Site, or on plain http, which lacks it, Origin.

    None means that there is neither: programs send none, and browsers did not always.
    """
    site = req.get_header("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = req.get_header("Origin")
    return None if origin is None else urlsplit(origin).netloc == req.netloc
