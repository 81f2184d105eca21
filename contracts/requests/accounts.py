"""What can be asked of booking about accounts and who is signed in."""

from dataclasses import dataclass
from typing import ClassVar

from contracts.requests.base import Request
from contracts.words import (
    DisplayName,
    Email,
    Instant,
    Locale,
    Login,
    Nik,
    OfficeCode,
    Password,
    PersonName,
    Phone,
    Role,
    Secret,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A citizen's own account, as the citizen sees it (no NIK)."""

    person_id: str
    name: PersonName
    display_name: DisplayName
    phone: Phone
    email: Email
    locale: Locale


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateAccount(Request[Account]):
    """Register a person. One NIK, one phone and one e-mail address have at most one account."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Account]] = Account
    repeatable: ClassVar[bool] = False
    deadline_seconds: ClassVar[float] = 10.0

    nik: Nik
    name: PersonName
    display_name: DisplayName
    phone: Phone
    email: Email
    password: Password
    locale: Locale = "id"


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
class OpenSession(Request[Session]):
    """Sign in with e-mail, phone or an officer's or device's login, and the password."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Session]] = Session
    deadline_seconds: ClassVar[float] = 10.0

    login: Login
    password: Secret
