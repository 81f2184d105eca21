"""The access token: who asks is believed only with our signature, in time, for us."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.access import AUDIENCE, Access, AccessExpired, AccessInvalid, AccessSigner, AccessVerifier
from contracts.keys import SigningKey

KEY = SigningKey.generate("2026-11")
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
OFFICER = Access(
    subject="01a1ff5a-fe84-742f-b2cc-e87902e2a2a2",
    role="officer",
    office="TRK",
    display_name="Bu Rina",
    expires_at=NOW + timedelta(hours=12),
)
TOKEN = AccessSigner(KEY).sign(OFFICER, now=NOW)
VERIFIER = AccessVerifier(KEY.public())


def test_a_token_reads_back_as_it_was_signed() -> None:
    """Subject, role, office, name and end survive."""
    assert VERIFIER.verify(TOKEN, now=NOW) == OFFICER


def test_a_token_is_over_at_its_end() -> None:
    """The clock is the caller's, not the library's."""
    assert VERIFIER.verify(TOKEN, now=OFFICER.expires_at - timedelta(seconds=1)) == OFFICER
    with pytest.raises(AccessExpired):
        VERIFIER.verify(TOKEN, now=OFFICER.expires_at)


def test_a_changed_token_is_refused_wherever_it_is() -> None:
    """Header, claims and signature: a changed byte in any of them is found."""
    parts = TOKEN.split(".")
    for which, part in enumerate(parts):
        raw = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
        for place in range(len(raw)):
            changed = bytearray(raw)
            changed[place] ^= 1
            text = base64.urlsafe_b64encode(bytes(changed)).decode().rstrip("=")
            with pytest.raises(AccessInvalid):
                VERIFIER.verify(".".join([*parts[:which], text, *parts[which + 1 :]]), now=NOW)


@given(text=st.text() | st.from_regex(r"\A[\w-]+\.[\w-]+\.[\w-]*\Z"))
def test_any_other_text_is_refused(text: str) -> None:
    """Never another error: the gateway maps these two alone."""
    with pytest.raises(AccessInvalid):
        VERIFIER.verify(text, now=NOW)


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "someone-else"},
        {"aud": None},
        {"role": "root"},
        {"exp": None},
        {"exp": "soon"},
        {"sub": None},
    ],
    ids=str,
)
def test_a_claim_that_is_not_ours_is_refused_though_signed(wrong: dict[str, Any]) -> None:
    """Our key signs nothing but our claims; a token for another audience or role does not pass."""
    claims: dict[str, Any] = {
        "aud": AUDIENCE,
        "sub": "x",
        "role": "officer",
        "office": "TRK",
        "name": "Bu Rina",
        "exp": 2**32,
    }
    claims = {name: value for name, value in (claims | wrong).items() if value is not None}
    token = jwt.encode(claims, jwt.PyJWK(KEY.jwk), algorithm="EdDSA", headers={"kid": KEY.key_id})
    with pytest.raises(AccessInvalid):
        VERIFIER.verify(token, now=NOW)


def test_no_other_algorithm_is_accepted() -> None:
    """Neither `none` nor an HMAC made with our public key, the two classic forgeries."""
    claims = jwt.decode(TOKEN, options={"verify_signature": False})
    unsigned = jwt.encode(claims, "", algorithm="none", headers={"kid": KEY.key_id})
    public = base64.urlsafe_b64decode(KEY.jwk["x"] + "=")
    with_public_key = jwt.encode(claims, public, algorithm="HS256", headers={"kid": KEY.key_id})
    for forged in (unsigned, with_public_key):
        with pytest.raises(AccessInvalid):
            VERIFIER.verify(forged, now=NOW)


def test_a_token_of_another_key_is_refused() -> None:
    """With an unknown key id, and with our own key id over a forged key."""
    for key_id in ("stolen", "2026-11"):
        forged = AccessSigner(SigningKey.generate(key_id)).sign(OFFICER, now=NOW)
        with pytest.raises(AccessInvalid):
            VERIFIER.verify(forged, now=NOW)
