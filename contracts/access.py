"""The access token: who is asking, in which role, for which office. A JWT with EdDSA (RFC 7519, RFC 8037).

Booking signs it at sign-in; every process verifies it with the public key.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import get_args

import jwt

from contracts.keys import SigningKey, VerifyingKeys
from contracts.words import Role

AUDIENCE = "antrean"


class AccessInvalid(ValueError):
    """The text is no access token of ours, or it has been changed."""


class AccessExpired(ValueError):
    """The access token was genuine, and its time is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """An asker: `subject` is a person's, an officer's or a device's id; citizens belong to no office.

    `session_version` counts how often all sessions of the subject were ended; lower ones count no more.
    """

    subject: str
    role: Role
    office: str | None
    display_name: str
    expires_at: datetime
    session_version: int = 1


class AccessSigner:
    """Writes access tokens with one private key."""

    def __init__(self, key: SigningKey) -> None:
        self._key = jwt.PyJWK(key.jwk)
        self._key_id = key.key_id

    def sign(self, access: Access, *, now: datetime) -> str:
        """Return the compact JWT."""
        claims = {
            "aud": AUDIENCE,
            "sub": access.subject,
            "role": access.role,
            "office": access.office,
            "name": access.display_name,
            "ver": access.session_version,
            "iat": int(now.timestamp()),
            "exp": int(access.expires_at.timestamp()),
        }
        return jwt.encode(claims, self._key, algorithm="EdDSA", headers={"kid": self._key_id})


class AccessVerifier:
    """Reads access tokens with the public keys."""

    def __init__(self, keys: VerifyingKeys) -> None:
        self._keys = {jwk["kid"]: jwt.PyJWK(jwk) for jwk in keys.jwks}

    def verify(self, token: str, *, now: datetime) -> Access:
        """Return who is asking. Raises AccessInvalid, AccessExpired."""
        try:
            key = self._keys[jwt.get_unverified_header(token)["kid"]]
            options: jwt.types.Options = {
                "verify_exp": False,
                "verify_iat": False,
                "require": ["exp", "sub", "aud"],
            }
            claims = jwt.decode(token, key, algorithms=["EdDSA"], audience=AUDIENCE, options=options)
            access = Access(
                subject=claims["sub"],
                role=claims["role"],
                office=claims["office"],
                display_name=claims["name"],
                expires_at=datetime.fromtimestamp(claims["exp"], UTC),
                session_version=int(claims.get("ver", 1)),
            )
        except (jwt.PyJWTError, LookupError, TypeError, ValueError) as reason:
            raise AccessInvalid(str(reason)) from reason
        if access.role not in get_args(Role):
            raise AccessInvalid("unknown role")
        if access.expires_at <= now:
            raise AccessExpired(access.subject)
        return access
