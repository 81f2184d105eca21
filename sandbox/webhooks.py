"""Signing what the bank tells, as Standard Webhooks 1.0.0 says (www.standardwebhooks.com)."""

import base64
import hashlib
import hmac
from datetime import datetime

_PREFIX = "whsec_"


def signed_headers(secret: str, message_id: str, body: bytes, *, now: datetime) -> dict[str, str]:
    """Return the headers of a body; `secret` is `whsec_` and base64."""
    timestamp = str(round(now.timestamp()))
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    digest = hmac.digest(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }
