"""Examples of what addresses are told that somebody proves to be theirs, for the catalogue."""

from datetime import UTC, datetime
from typing import Any

from contracts.events import Event, ProofCodeIssued, ProofDeclined, SignInChanged

_TOLD: dict[str, Any] = {"channel": "whatsapp", "locale": "id", "address": "+6281234567890"}
_PROOF: dict[str, Any] = {
    **_TOLD,
    "version": 1,
    "proof_id": "5f0f6a44-7d0d-4c43-8a0e-0f6f4f1c9a21",
    "expires_at": datetime(2026, 11, 21, 1, 10, tzinfo=UTC),
}

PROOFS: tuple[Event, ...] = (
    ProofCodeIssued(**_PROOF, purpose="recovery", code="407318"),
    ProofDeclined(**_PROOF, purpose="contact", why="taken"),
    SignInChanged(
        **_TOLD,
        version=2,
        person_id="01a1ff5a-fe84-742f-b2cc-e87902e2a2a2",
        what="password",
        expires_at=datetime(2026, 11, 24, 1, 4, tzinfo=UTC),
    ),
)
