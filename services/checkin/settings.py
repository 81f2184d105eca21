"""What check-in reads from its environment."""

from dataclasses import dataclass

from chassis.settings import ServiceSettings, positive, setting
from contracts.keys import VerifyingKeys
from contracts.ticket import TicketVerifier


def _verifier(jwk_set: str) -> TicketVerifier:
    return TicketVerifier(VerifyingKeys.from_json(jwk_set))


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckinSettings(ServiceSettings):
    """Check-in's settings: a service's, the keys of tickets, and retention."""

    ticket_verifier: TicketVerifier = setting(
        "TICKET_KEYS", parse=_verifier, help="Public keys of ticket signatures, a JWK Set"
    )
    retention_days: int = setting(
        "RETENTION_DAYS", parse=positive, default=30, help="How long visits of past days are kept"
    )
