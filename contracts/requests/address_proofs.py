"""What is asked of booking by who forgot their password, or is to be reached elsewhere from now on.

Both prove by a code that an address is theirs, and the answers are the same whoever has an account.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from contracts.requests.accounts import Session
from contracts.requests.base import Request
from contracts.requests.profile import Profile
from contracts.words import (
    Count,
    Email,
    Instant,
    Locale,
    Login,
    Nik,
    OfficeCode,
    OneTimeCode,
    Password,
    PersonName,
    Phone,
    Role,
    Secret,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressProof:
    """Addresses that wait for their codes; the answer is the same whoever is known.

    `tries_left` counts how often codes may be typed, `resend_at` says from when new ones can be asked for.
    """

    proof_id: str
    codes_expire_at: Instant
    resend_at: Instant
    tries_left: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRecovery(Request[AddressProof]):
    """Begin to choose another password for a forgotten one: the account's phone and mailbox get a code each.

    `login` is the account's phone number or e-mail address, `address` the asker's network address. An address
    that has no account is told so itself; the asker is not.
    """

    service: ClassVar[str] = "booking"
    result: ClassVar[type[AddressProof]] = AddressProof
    repeatable: ClassVar[bool] = False

    login: Login
    locale: Locale = "id"
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRecoveryAtDesk(Request[AddressProof]):
    """Begin it for who has the phone or the mailbox no more, and shows an officer the identity card.

    NIK, name and birth date must be the account's: NIKs of one day and district differ in a serial alone. The
    codes go to the phone and the mailbox that they have now, which become the account's with the codes.
    """

    service: ClassVar[str] = "booking"
    result: ClassVar[type[AddressProof]] = AddressProof
    repeatable: ClassVar[bool] = False

    officer_id: str
    role: Role
    office: OfficeCode
    nik: Nik
    name: PersonName
    birth_date: date
    phone: Phone
    email: Email


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishRecovery(Request[Session]):
    """Choose the new password with both codes, and sign in; all other sessions end, and the owner is told."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Session]] = Session
    repeatable: ClassVar[bool] = False
    deadline_seconds: ClassVar[float] = 10.0

    proof_id: str
    phone_code: OneTimeCode
    email_code: OneTimeCode
    password: Password


@dataclass(frozen=True, slots=True, kw_only=True)
class ResendProofCodes(Request[AddressProof]):
    """Send the codes of a proof anew; those before are worth nothing from then on."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[AddressProof]] = AddressProof
    repeatable: ClassVar[bool] = False

    proof_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StartContactChange(Request[AddressProof]):
    """Begin to be reached at another phone, mailbox, or both; each that is given gets a code.

    The password is typed once more. `address` is the asker's network address.
    """

    service: ClassVar[str] = "booking"
    result: ClassVar[type[AddressProof]] = AddressProof
    repeatable: ClassVar[bool] = False
    deadline_seconds: ClassVar[float] = 10.0

    person_id: str
    password: Secret
    phone: Phone | None = None
    email: Email | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishContactChange(Request[Profile]):
    """Be reached there from now on, with the code of each address; the addresses before are told."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Profile]] = Profile
    repeatable: ClassVar[bool] = False

    person_id: str
    proof_id: str
    phone_code: OneTimeCode | None = None
    email_code: OneTimeCode | None = None
