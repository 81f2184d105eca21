"""What check-in reads from its environment."""

from dataclasses import dataclass
from datetime import timedelta

from chassis.settings import ServiceSettings, positive, setting
from contracts.keys import VerifyingKeys
from contracts.ticket import TicketVerifier
from services.checkin.domain.absence import PATIENCE, RECALL_AFTER


def _verifier(jwk_set: str) -> TicketVerifier:
    return TicketVerifier(VerifyingKeys.from_json(jwk_set))


def _seconds(text: str) -> timedelta:
    seconds = float(text)
    if not 0 <= seconds < float("inf"):
        raise ValueError(f"none below 0, this is {text}")
    return timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckinSettings(ServiceSettings):
    """Check-in's settings: a service's, the keys of tickets, and retention."""

    ticket_verifier: TicketVerifier = setting(
        "TICKET_KEYS", parse=_verifier, help="Public keys of ticket signatures, a JWK Set"
    )
    no_show_after: timedelta = setting(
        "NO_SHOW_AFTER_SECONDS",
        parse=_seconds,
        default=PATIENCE,
        help="Seconds from a ticket's first call until it can be said that nobody came; 0 for none",
    )
    recall_after: timedelta = setting(
        "RECALL_AFTER_SECONDS",
        parse=_seconds,
        default=RECALL_AFTER,
        help="Seconds from a call until the ticket may be called once more; 0 for none",
    )
    retention_days: int = setting(
        "RETENTION_DAYS", parse=positive, default=30, help="How long visits of past days are kept"
    )
