"""Ed25519 keys as JSON Web Keys: one to sign with, a set to verify with.

Source: RFC 7517 (JWK, JWK Set), RFC 8037 (OKP keys). A key set holds every key whose signatures may
still be in use, so keys rotate without a gap: add the new key everywhere, then sign with it, then
drop the old one when its last token has expired.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm
from nacl import signing
from nacl.exceptions import ValueError as WrongLength


class BadKey(ValueError):
    """The text is no Ed25519 JSON Web Key (or key set) with a key id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A private key and its id. Its repr shows the id alone."""

    jwk: dict[str, Any]

    @classmethod
    def generate(cls, key_id: str) -> Self:
        """Make a new key; take an id that was never used before, such as `2026-11`."""
        jwk = OKPAlgorithm.to_jwk(Ed25519PrivateKey.generate(), as_dict=True)
        return cls(jwk={**jwk, "kid": key_id, "alg": "EdDSA"})

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a private JWK; raises BadKey."""
        jwk = _read_object(text)
        if "d" not in jwk:
            raise BadKey("not a private key: member 'd' is missing")
        return cls(jwk=_checked(jwk))

    @property
    def key_id(self) -> str:
        """The `kid` under which verifiers find the public key."""
        return str(self.jwk["kid"])

    @property
    def signer(self) -> signing.SigningKey:
        """Return what signs with it."""
        return signing.SigningKey(_raw(self.jwk["d"]))

    def public(self) -> "VerifyingKeys":
        """Return the key set that verifies this key's signatures."""
        return VerifyingKeys(jwks=({name: value for name, value in self.jwk.items() if name != "d"},))

    def to_json(self) -> str:
        """Write the private JWK; keep it where only its owner can read."""
        return json.dumps(self.jwk)

    def __repr__(self) -> str:
        return f"SigningKey({self.key_id!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyingKeys:
    """The public keys whose signatures are accepted."""

    jwks: tuple[dict[str, Any], ...]

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read a JWK Set; raises BadKey."""
        keys = _read_object(text).get("keys")
        if not isinstance(keys, list) or not keys:
            raise BadKey("not a JWK Set: member 'keys' is missing or empty")
        return cls(jwks=tuple(_checked(key) for key in keys))

    @property
    def verifiers(self) -> dict[str, signing.VerifyKey]:
        """Return what verifies signatures, by key id."""
        return {jwk["kid"]: signing.VerifyKey(_raw(jwk["x"])) for jwk in self.jwks}

    def to_json(self) -> str:
        """Write the JWK Set."""
        return json.dumps({"keys": list(self.jwks)})


def _read_object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as reason:
        raise BadKey("not JSON") from reason
    if not isinstance(value, dict):
        raise BadKey("not a JSON object")
    return value


def _checked(jwk: dict[str, Any]) -> dict[str, Any]:
    if jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519" or "x" not in jwk or not jwk.get("kid"):
        raise BadKey("not an Ed25519 key with a key id: kty OKP, crv Ed25519, x and kid are needed")
    try:
        signing.VerifyKey(_raw(jwk["x"]))
        if "d" in jwk:
            signing.SigningKey(_raw(jwk["d"]))
    except (TypeError, binascii.Error, WrongLength) as reason:
        raise BadKey("not an Ed25519 key: x and d are 32 bytes in base64url") from reason
    return {**jwk, "alg": "EdDSA"}


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
