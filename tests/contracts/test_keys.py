"""Keys as text: what is read is what was written, and a wrong key is refused at start, not at first use."""

import json

import pytest

from contracts.keys import BadKey, SigningKey, VerifyingKeys

KEY = SigningKey.generate("2026-11")


def test_a_key_survives_being_written_and_read() -> None:
    """Private key and key set, each as JSON."""
    assert SigningKey.from_json(KEY.to_json()) == KEY
    assert VerifyingKeys.from_json(KEY.public().to_json()) == KEY.public()


def test_the_public_set_holds_no_private_part() -> None:
    """Member `d` stays with the signer."""
    assert all("d" not in jwk for jwk in KEY.public().jwks)


def test_a_key_in_a_log_shows_its_id_alone() -> None:
    """repr() is what a log or a traceback prints."""
    assert repr(KEY) == "SigningKey('2026-11')"


@pytest.mark.parametrize(
    "text", ["", "no JSON", "[]", "{}", json.dumps({"kty": "RSA", "d": "x"}), KEY.public().to_json()]
)
def test_what_is_no_private_key_is_refused(text: str) -> None:
    """A public key in place of the private one is found, too."""
    with pytest.raises(BadKey):
        SigningKey.from_json(text)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"keys": []}', '{"keys": [{"kty": "RSA"}]}', KEY.to_json()]
)
def test_what_is_no_key_set_is_refused(text: str) -> None:
    """A single key in place of a set is found, too."""
    with pytest.raises(BadKey):
        VerifyingKeys.from_json(text)
