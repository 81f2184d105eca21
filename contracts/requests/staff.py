"""What can be asked of booking about who works at an office."""

from dataclasses import dataclass
from typing import ClassVar

from contracts.requests.accounts import Session
from contracts.requests.base import Request
from contracts.words import (
    DisplayName,
    Instant,
    InvitationToken,
    OfficeCode,
    Password,
    PersonName,
    Role,
    StaffLogin,
    StaffRole,
    StaffState,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """Somebody who may sit at a counter; `subject` is how other services name them.

    `invited` has no password yet, and may choose one until `invited_until`; `inactive` cannot sign in.
    """

    subject: str
    name: PersonName
    login: StaffLogin
    role: StaffRole
    state: StaffState
    invited_until: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """An office's officers and heads, by name."""

    members: tuple[StaffMember, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListStaff(Request[Staff]):
    """Read who works at an office's counters."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Staff]] = Staff

    office: OfficeCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A token with which its holder, and nobody else, chooses their password; it is told this once."""

    staff_id: str
    login: StaffLogin
    name: DisplayName
    token: InvitationToken
    expires_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteStaff(Request[Invitation]):
    """Make an account for somebody who will work at the office."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Invitation]] = Invitation
    repeatable: ClassVar[bool] = False

    office: OfficeCode
    invited_by: str
    role: Role
    login: StaffLogin
    name: DisplayName
    for_role: StaffRole = "officer"


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteStaffAgain(Request[Invitation]):
    """Let a member choose another password, who forgot it, or whose account had ended.

    What they sign in with now counts until then; an invitation from before counts no more.
    """

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Invitation]] = Invitation
    repeatable: ClassVar[bool] = False

    office: OfficeCode
    staff_id: str
    invited_by: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class EndStaff(Request[Staff]):
    """Let a member sign in no more, and end their sessions; their name stays with what they did."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Staff]] = Staff
    repeatable: ClassVar[bool] = False

    office: OfficeCode
    staff_id: str
    ended_by: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitedStaff:
    """Who is invited, for which office."""

    login: StaffLogin
    name: DisplayName
    role: Role
    office: OfficeCode | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindInvitation(Request[InvitedStaff]):
    """Read who may choose their password with a token."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[InvitedStaff]] = InvitedStaff

    token: InvitationToken


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptInvitation(Request[Session]):
    """Choose one's password with a token, which is used up, and sign in; all other sessions end."""

    service: ClassVar[str] = "booking"
    result: ClassVar[type[Session]] = Session
    repeatable: ClassVar[bool] = False
    deadline_seconds: ClassVar[float] = 10.0

    token: InvitationToken
    password: Password
