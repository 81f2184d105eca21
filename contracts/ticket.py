"""The ticket token: what the QR code says, signed, readable with the public key and no network.

A COSE_Sign1 message (RFC 9052) with EdDSA and the key id in its protected header around CBOR claims
with CWT labels (RFC 8392), written in base32 (RFC 4648, no padding). Base32 keeps the QR code in its
alphanumeric mode and has only characters that every keyboard-wedge scanner types right, whatever the
keyboard's layout and Caps Lock: a version-9 code (53 modules) where a JWT needs version 13 (69).
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, date, datetime

import cbor2
import uuid_utils
from cwt import COSE, COSEAlgs, COSEHeaders, COSEKey
from cwt.exceptions import CWTError

from contracts.keys import SigningKey, VerifyingKeys

_EXP, _CTI, _VISIT = 4, 7, -70001
_SIGN1 = 18
"""The CBOR tag of a COSE message with one signature."""


class TicketTampered(ValueError):
    """The text is no ticket, or its signature is not by a key that we accept."""


class TicketExpired(ValueError):
    """The ticket was genuine, and its time is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What a ticket says: a visit, no name and no NIK. `version` is the booking's."""

    booking_id: str
    office: str
    date: date
    starts_at: datetime
    minutes: int
    service: str
    priority: str
    version: int
    expires_at: datetime


class TicketSigner:
    """Writes ticket texts with one private key."""

    def __init__(self, key: SigningKey) -> None:
        self._key = key.signer
        self._protected = cbor2.dumps({COSEHeaders.ALG: COSEAlgs.EDDSA, COSEHeaders.KID: key.key_id.encode()})

    def sign(self, ticket: Ticket) -> str:
        """Return the upper-case text of the QR code, about 240 characters."""
        visit = [
            ticket.office,
            ticket.date.toordinal(),
            int(ticket.starts_at.timestamp()),
            ticket.minutes,
            ticket.service,
            ticket.priority,
            ticket.version,
        ]
        claims = {
            _EXP: int(ticket.expires_at.timestamp()),
            _CTI: uuid_utils.UUID(ticket.booking_id).bytes,
            _VISIT: visit,
        }
        return base64.b32encode(self._signed(cbor2.dumps(claims))).decode().rstrip("=")

    def _signed(self, payload: bytes) -> bytes:
        """Return a COSE_Sign1 message (RFC 9052, section 4.4)."""
        signature = self._key.sign(cbor2.dumps(["Signature1", self._protected, b"", payload])).signature
        return cbor2.dumps(cbor2.CBORTag(_SIGN1, [self._protected, {}, payload, signature]))


class TicketVerifier:
    """Reads ticket texts with the public keys."""

    def __init__(self, keys: VerifyingKeys) -> None:
        self._keys = [COSEKey.from_jwk(jwk) for jwk in keys.jwks]

    def verify(self, text: str, *, now: datetime) -> Ticket:
        """Return what a genuine ticket says; upper and lower case read the same.

        Raises TicketTampered, TicketExpired.
        """
        ticket = self._read(text)
        if ticket.expires_at <= now:
            raise TicketExpired(ticket.booking_id)
        return ticket

    def _read(self, text: str) -> Ticket:
        compact = text.strip().upper()
        try:
            message = base64.b32decode(compact + "=" * (-len(compact) % 8))
            if base64.b32encode(message).decode().rstrip("=") != compact:
                raise TicketTampered("characters that say nothing")  # one ticket has one text
            claims = cbor2.loads(COSE.new().decode(message, self._keys))
            office, day, starts_at, minutes, service, priority, version = claims[_VISIT]
            return Ticket(
                booking_id=str(uuid_utils.UUID(bytes=claims[_CTI])),
                office=office,
                date=date.fromordinal(day),
                starts_at=datetime.fromtimestamp(starts_at, UTC),
                minutes=minutes,
                service=service,
                priority=priority,
                version=version,
                expires_at=datetime.fromtimestamp(claims[_EXP], UTC),
            )
        except (CWTError, cbor2.CBORError, binascii.Error, LookupError, TypeError, ValueError) as reason:
            raise TicketTampered(str(reason)) from reason
