"""What booking is told by its environment."""

import base64
import binascii
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from chassis.settings import ProcessSettings, ServiceSettings, one_of, positive, setting
from contracts.access import AccessSigner
from contracts.keys import SigningKey
from contracts.ticket import TicketSigner
from services.booking.domain.cool_down import CoolDown
from services.booking.domain.device import TOKEN_LASTS
from services.booking.domain.payment import ANY_HOLDER, HOLD_LASTS, REPORT_GRACE, HoldLimit
from services.booking.domain.reschedule import RescheduleRule
from services.booking.office_directory import OFFICES_FILE

_KEY_BYTES = 32


def _ticket_signer(text: str) -> TicketSigner:
    return TicketSigner(SigningKey.from_json(text))


def _access_signer(text: str) -> AccessSigner:
    return AccessSigner(SigningKey.from_json(text))


def _secret_key(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as reason:
        raise ValueError("not base64") from reason
    if len(key) != _KEY_BYTES:
        raise ValueError(f"{_KEY_BYTES} bytes are needed, these are {len(key)}")
    return key


def _hours(text: str) -> timedelta:
    return timedelta(hours=float(text))


def _minutes(text: str) -> timedelta:
    return timedelta(minutes=float(text))


def _days(text: str) -> timedelta:
    return timedelta(days=float(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingSettings(ServiceSettings):
    """Settings of the service."""

    ticket_signer: TicketSigner = setting(
        "TICKET_SIGNING_KEY",
        parse=_ticket_signer,
        secret=True,
        help="Private JWK (Ed25519) that signs tickets",
    )
    access_signer: AccessSigner = setting(
        "ACCESS_SIGNING_KEY",
        parse=_access_signer,
        secret=True,
        help="Private JWK (Ed25519) that signs sessions",
    )
    nik_hmac_key: bytes = setting(
        "NIK_HMAC_KEY", parse=_secret_key, secret=True, help="32 bytes in base64; digests of NIKs and logins"
    )
    nik_cipher_key: bytes = setting(
        "NIK_CIPHER_KEY", parse=_secret_key, secret=True, help="32 bytes in base64; ciphertexts of NIKs"
    )
    session_lasts: timedelta = setting(
        "SESSION_HOURS", parse=_hours, default=timedelta(hours=12), help="Hours until people sign in again"
    )
    device_session_lasts: timedelta = setting(
        "DEVICE_SESSION_DAYS",
        parse=_days,
        default=timedelta(days=30),
        help="Days until a kiosk signs in again that did so with a password",
    )
    paired_device_lasts: timedelta = setting(
        "PAIRED_DEVICE_HOURS",
        parse=_hours,
        default=TOKEN_LASTS,
        help="Hours for which a paired device works on without being able to renew its session",
    )
    cool_down_from: timedelta = setting(
        "COOL_DOWN_FROM_MINUTES",
        parse=_minutes,
        default=timedelta(minutes=5),
        help="Minutes after which a place that was given up can be had again, at the earliest",
    )
    cool_down_to: timedelta = setting(
        "COOL_DOWN_TO_MINUTES",
        parse=_minutes,
        default=timedelta(minutes=60),
        help="and at the latest; 0 for both lets places return at once, and then to nobody who waits",
    )
    offer_lasts: timedelta = setting(
        "WAITLIST_OFFER_MINUTES",
        parse=_minutes,
        default=timedelta(hours=2),
        help="Minutes for which a place is kept for who waits longest",
    )
    hold_lasts: timedelta = setting(
        "HOLD_MINUTES",
        parse=_minutes,
        default=HOLD_LASTS,
        help="Minutes for which a place is kept where payment comes first; never beyond the slot's beginning",
    )
    report_grace: timedelta = setting(
        "PAYMENT_GRACE_MINUTES",
        parse=_minutes,
        default=REPORT_GRACE,
        help="Minutes for which it is kept longer than people are told, as the provider's word comes later",
    )
    unpaid_holds_a_week: int = setting(
        "UNPAID_HOLDS_A_WEEK",
        parse=positive,
        default=ANY_HOLDER.most,
        help="How many places a person may hold within seven days without paying",
    )
    most_reschedules: int = setting(
        "RESCHEDULES", parse=int, default=1, help="How often people may move a booking"
    )
    reschedule_notice: timedelta = setting(
        "RESCHEDULE_NOTICE_HOURS",
        parse=_hours,
        default=timedelta(days=1),
        help="Hours before a booking until which it may be moved",
    )
    assisted_a_day: int = setting(
        "ASSISTED_BOOKINGS_A_DAY",
        parse=positive,
        default=40,
        help="For how many people one officer may book on a day",
    )
    village_a_day: int = setting(
        "VILLAGE_BOOKINGS_A_DAY",
        parse=positive,
        default=20,
        help="For how many people the clerk of a village may book on a day",
    )
    accounts_kept: timedelta = setting(
        "ACCOUNT_RETENTION_DAYS",
        parse=_days,
        default=timedelta(days=1095),
        help="Days after which an account that nobody uses is erased",
    )
    bookings_kept: timedelta = setting(
        "BOOKING_RETENTION_DAYS",
        parse=_days,
        default=timedelta(days=365),
        help="Days after which a booking is forgotten, counted from its end",
    )

    home_visits_kept: timedelta = setting(
        "HOME_VISIT_RETENTION_DAYS",
        parse=_days,
        default=timedelta(days=30),
        help="Days after which a visit at home is forgotten, counted from its end",
    )

    @property
    def cool_down(self) -> CoolDown:
        """How places that were given up return."""
        return CoolDown(shortest=self.cool_down_from, longest=self.cool_down_to, offer=self.offer_lasts)

    @property
    def hold_limit(self) -> HoldLimit:
        """How many places people may hold without paying."""
        return HoldLimit(most=self.unpaid_holds_a_week)

    @property
    def reschedule_rule(self) -> RescheduleRule:
        """How often people may move a booking, and until when."""
        return RescheduleRule(most=self.most_reschedules, notice=self.reschedule_notice)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedSettings(ProcessSettings):
    """Settings of `python -m services.booking.seed`."""

    database_url: str = setting("DATABASE_URL", help="Booking's own PostgreSQL database")
    offices_file: Path = setting(
        "OFFICES_FILE",
        parse=Path,
        default=OFFICES_FILE,
        help="CSV of the offices",
    )
    demo_password: str = setting(
        "DEMO_PASSWORD",
        default="antrean-demo-2026",
        secret=True,
        help="Password that demo accounts are made with; empty makes none of them",
    )
    demo_hours: str = setting(
        "DEMO_HOURS",
        parse=one_of("office", "always"),
        default="office",
        help="Hours of the pilot offices: their own, or always, to try the system at any time",
    )
    ticket_signer: TicketSigner | None = setting(
        "TICKET_SIGNING_KEY", parse=_ticket_signer, default=None, secret=True, help="As booking has it"
    )
    nik_hmac_key: bytes | None = setting(
        "NIK_HMAC_KEY", parse=_secret_key, default=None, secret=True, help="As booking has it"
    )
    nik_cipher_key: bytes | None = setting(
        "NIK_CIPHER_KEY", parse=_secret_key, default=None, secret=True, help="As booking has it"
    )
