"""The audit log's chain: each entry's digest covers the entry and the digest before it.

    digest 0 = zeros     digest n = HMAC-SHA256(key, digest n-1 · entry n as canonical JSON)

Who changes, removes or adds an entry in the middle would have to write all later digests anew, and needs
the key for it, which is not in the database. Who removes the last entries leaves no trace in the chain
itself: that is found with the head that was noted elsewhere.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from contracts.words import Role

Action = Literal[
    "signed_in",
    "nik_overridden",
    "recovery_asked",
    "recovery_started",
    "plan_changed",
    "assistance_asked",
    "booked_with_assistance",
    "assisted_booking_cancelled",
    "home_visits_read",
    "home_visit_answered",
    "data_exported",
    "person_erased",
    "refund_closed",
    "staff_invited",
    "invitation_accepted",
    "staff_ended",
    "device_paired",
    "device_revoked",
    "device_secret_reused",
]

BEGINNING = bytes(hashlib.sha256().digest_size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What somebody did to what. Ids and codes alone: the log is kept when the people in it are erased."""

    actor: str
    role: Role
    office: str | None
    action: Action
    subject: str
    details: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A deed at its place in the log."""

    sequence: int
    at: datetime
    deed: Deed


def digest_of(entry: Entry, previous: bytes, *, key: bytes) -> bytes:
    """Seal an entry onto the one before it."""
    deed = entry.deed
    content = {
        "sequence": entry.sequence,
        "at": entry.at.isoformat(timespec="microseconds"),
        "actor": deed.actor,
        "role": deed.role,
        "office": deed.office,
        "action": deed.action,
        "subject": deed.subject,
        "details": dict(deed.details),
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hmac.digest(key, previous + canonical.encode(), "sha256")


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first place at which the chain does not hold, and why."""

    sequence: int
    reason: Literal["missing", "digest", "not_the_noted_one"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """An entry's place and digest; noted elsewhere it proves that nothing before it is gone."""

    sequence: int
    digest: bytes


START = Head(sequence=0, digest=BEGINNING)


def first_break(entry: Entry, digest: bytes, *, after: Head, key: bytes) -> Break | None:
    """Say whether an entry follows from what is before it."""
    if entry.sequence != after.sequence + 1:
        return Break(sequence=after.sequence + 1, reason="missing")
    if not hmac.compare_digest(digest_of(entry, after.digest, key=key), digest):
        return Break(sequence=entry.sequence, reason="digest")
    return None
