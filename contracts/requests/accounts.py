"""What can be asked of booking about accounts and who is signed in."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from contracts.requests.base import Request
from contracts.words import (
    BookingCode,
    Count,
    DisplayName,
    Email,
    Instant,
    Locale,
    Login,
    Nik,
    NikOverrideReason,
    OfficeCode,
    OneTimeCode,
    Password,
    PersonName,
    Phone,
    Role,
    Secret,
    Sex,
    ShownAs,
    Version,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A registration that waits for its two codes; the answer is the same whoever is known already.

    `tries_left` counts how often codes may be typed, `resend_at` says from when new ones can be asked for.
    """

    registration_id: str
    codes_expire_at: Instant
    resend_at: Instant
    tries_left: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateAccount(Request[Registration]):
    """Begin to register a person: the phone and the e-mail address are each sent a code.

    Birth date and sex must be those that the NIK tells. `address` is the asker's network address. Whom an
    officer has booked for gets those bookings by the phone that they gave then, or by a `booking_code`.
    """

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Registration]] = Registration
    repeatable: ClassVar[bool] = False
    deadline_seconds: ClassVar[float] = 10.0

    nik: Nik
    birth_date: date
    sex: Sex
    name: PersonName
    display_name: DisplayName
    phone: Phone
    email: Email
    password: Password
    locale: Locale = "id"
    booking_code: BookingCode | None = None
    address: str | None = None
    shown_as: ShownAs = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResendCodes(Request[Registration]):
    """Send both codes of a registration anew; the ones before are worth nothing from then on."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Registration]] = Registration
    repeatable: ClassVar[bool] = False

    registration_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A signed-in session: the bearer token and what it allows."""

    token: str
    expires_at: Instant
    subject: str
    role: Role
    office: OfficeCode | None
    display_name: DisplayName


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyAccount(Request[Session]):
    """Make the account of a registration, with the codes from the phone and from the mailbox."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Session]] = Session
    repeatable: ClassVar[bool] = False

    registration_id: str
    phone_code: OneTimeCode
    email_code: OneTimeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession(Request[Session]):
    """Sign in with e-mail, phone or an officer's or device's login, and the password.

    `address` is the asker's network address.
    """

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Session]] = Session
    deadline_seconds: ClassVar[float] = 10.0

    login: Login
    password: Secret
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """Tokens of a subject with a lower session version count no more."""

    subject: str
    session_version: Version


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSessions(Request[Revocation]):
    """Sign a subject out everywhere: no token that was given out so far counts any more."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Revocation]] = Revocation
    repeatable: ClassVar[bool] = False

    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePassword(Request[Session]):
    """Change a subject's password; all sessions end, and a new one begins."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Session]] = Session
    repeatable: ClassVar[bool] = False
    deadline_seconds: ClassVar[float] = 10.0

    subject: str
    password: Secret
    new_password: Password
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocations:
    """The revocations of so late that there may still be tokens which they are about."""

    revocations: tuple[Revocation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRevocations(Request[Revocations]):
    """Read which tokens count no more, though their time is not over."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Revocations]] = Revocations


@dataclass(frozen=True, slots=True, kw_only=True)
class NikOverride:
    """Until when somebody may register with a NIK that tells another birth date or sex."""

    override_id: str
    expires_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideNik(Request[NikOverride]):
    """Let a person register whose identity card an officer has seen; written down in the audit log."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[NikOverride]] = NikOverride
    repeatable: ClassVar[bool] = False

    officer_id: str
    role: Role
    office: OfficeCode
    nik: Nik
    birth_date: date
    sex: Sex
    reason: NikOverrideReason
