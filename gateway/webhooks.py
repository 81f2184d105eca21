"""Messages that a provider signs: whose they are, and that they were sent just now.

    webhook-id: msg_2KWPBgLlAfxdpx2AI54pPJ85f4W          the same for the same message, however often sent
    webhook-timestamp: 1674087231                        seconds since 1970
    webhook-signature: v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=   several with a space between

The signature is an HMAC-SHA256 in base64 over `id.timestamp.body`, under the secret after `whsec_`. Source:
Standard Webhooks 1.0.0, www.standardwebhooks.com.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from contracts.refusals import Refused
from contracts.words import SettlementId, whole_number

TOLERANCE = timedelta(minutes=5)
"""How far the sender's clock may be away, and so how long what was overheard could be sent once more."""

_PREFIX = "whsec_"
_KEY_BYTES = range(24, 65)
_NO_KEY = b""


class BadSignature(Refused):
    """The message is not signed, or not by who may send it."""

    code = "bad_signature"


class SignatureOutOfTime(Refused):
    """The message is signed, and was sent long ago, or by a clock that is wrong."""

    code = "signature_out_of_time"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookHeaders:
    """The headers of a signed message."""

    webhook_id: SettlementId
    webhook_timestamp: Annotated[int, whole_number(0, 2**40)]
    webhook_signature: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookKey:
    """The secret that a provider shares with us; without one nothing is believed."""

    secret: bytes = _NO_KEY

    def verify(self, headers: Mapping[str, str], body: bytes, *, now: datetime) -> None:
        """Make sure that a message is the provider's and of now; names of headers are in small letters.

        Raises BadSignature, SignatureOutOfTime.
        """
        sent = {name: headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature")}
        signed = f"{sent['id']}.{sent['timestamp']}.".encode() + body
        expected = base64.b64encode(hmac.digest(self.secret, signed, hashlib.sha256))
        given = [
            one.removeprefix("v1,").encode() for one in sent["signature"].split() if one.startswith("v1,")
        ]
        matches = [hmac.compare_digest(one, expected) for one in given]
        is_whole = bool(
            self.secret and sent["id"] and sent["timestamp"].isascii() and sent["timestamp"].isdigit()
        )
        if not any(matches) or not is_whole:
            raise BadSignature
        if abs(int(sent["timestamp"]) - now.timestamp()) > TOLERANCE.total_seconds():
            raise SignatureOutOfTime


NO_WEBHOOK = WebhookKey()


def webhook_key(text: str) -> WebhookKey:
    """Read a secret as `whsec_` and base64; an empty one believes nobody."""
    if not text:
        return NO_WEBHOOK
    try:
        secret = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except binascii.Error as reason:
        raise ValueError("not base64") from reason
    if not text.startswith(_PREFIX) or len(secret) not in _KEY_BYTES:
        raise ValueError(f"{_PREFIX} and {_KEY_BYTES[0]} to {_KEY_BYTES[-1]} bytes in base64 are needed")
    return WebhookKey(secret=secret)
