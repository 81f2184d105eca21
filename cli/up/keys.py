"""The secret keys of one machine, made at the first start and kept: files that only we may read.

Signing keys are Ed25519 (JWK); what verifies them lies beside them as a JWK Set. The NIK's two keys
are 32 random bytes in base64: one for the digest that finds an account, one for the ciphertext. So is what
the bank of the sandbox signs with.
"""

import base64
import secrets
from datetime import UTC, datetime
from pathlib import Path

from cli.servers.secret import secret_text, write_private
from contracts.keys import SigningKey

SIGNING = ("TICKET", "ACCESS")
RANDOM = ("NIK_HMAC_KEY", "NIK_CIPHER_KEY")


def key_files(folder: Path) -> dict[str, str]:
    """Make the keys that are missing; answer the variables that name their files."""
    variables: dict[str, str] = {}
    for purpose in SIGNING:
        signing, verifying = (
            folder / f"{purpose.lower()}-signing.jwk",
            folder / f"{purpose.lower()}-keys.jwks",
        )
        if not verifying.exists():
            _make_signing_key(signing, verifying)
        variables[f"{purpose}_SIGNING_KEY_FILE"] = str(signing)
        variables[f"{purpose}_KEYS_FILE"] = str(verifying)
    for name in RANDOM:
        file = folder / f"{name.lower().replace('_', '-')}.b64"
        if not file.exists():
            write_private(file, base64.b64encode(secrets.token_bytes(32)))
        variables[f"{name}_FILE"] = str(file)
    whatsapp_token = folder / "whatsapp-token"
    secret_text(whatsapp_token)
    variables["WHATSAPP_TOKEN_FILE"] = str(whatsapp_token)
    webhook_secret = folder / "payment-webhook-secret"
    if not webhook_secret.exists():
        write_private(webhook_secret, b"whsec_" + base64.b64encode(secrets.token_bytes(32)))
    variables["PAYMENT_WEBHOOK_SECRET_FILE"] = str(webhook_secret)
    return variables


def _make_signing_key(signing: Path, verifying: Path) -> None:
    # A key id is never used twice, not even by a key that was lost.
    key = SigningKey.generate(f"{datetime.now(UTC):%Y-%m-%d}-{secrets.token_hex(2)}")
    write_private(signing, key.to_json().encode())
    write_private(verifying, key.public().to_json().encode())
