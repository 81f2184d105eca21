"""Who works at an office's counters: invited by its head, and ended by its head.

    InviteStaff ──▶ invited ── AcceptInvitation ──▶ active ── EndStaff ──▶ ended
                       ▲                               │                    │
                       └────── InviteStaffAgain ───────┴────────────────────┘

The head hands over a link; whoever holds it chooses the password. So nobody knows a colleague's password, and
what the audit log says somebody did, they did. A link counts three days and once; only a digest is kept.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import uuid_utils

from chassis.database import Transaction
from contracts.requests.accounts import Session
from contracts.requests.staff import (
    AcceptInvitation,
    EndStaff,
    FindInvitation,
    Invitation,
    InvitedStaff,
    InviteStaff,
    InviteStaffAgain,
    ListStaff,
    Staff,
    StaffMember,
)
from contracts.words import Role, StaffState
from services.booking.domain.audit import Action, Deed
from services.booking.errors import UnknownOffice
from services.booking.handlers import audit
from services.booking.handlers.identifier import known_form
from services.booking.handlers.sessions import SignIn, begin_session, revoke
from services.booking.staff_errors import InvitationOver, LastHead, LoginTaken, OwnAccount, UnknownStaff
from services.booking.store import accounts, colleagues
from services.booking.store.accounts import StaffRecord
from services.booking.store.colleagues import Colleague
from services.booking.store.offices import find_office

LASTS = timedelta(days=3)
"""Over a weekend, so that who is invited on Friday can begin on Monday."""

_TOKEN_BYTES = 32


def list_staff(tx: Transaction, query: ListStaff) -> Staff:
    """Read an office's officers and heads; devices are none. Of an office nobody knows there are none."""
    return Staff(members=tuple(_member(tx, one) for one in colleagues.at_counters(tx, query.office)))


def invite_staff(tx: Transaction, command: InviteStaff, *, key: bytes) -> Invitation:
    """Make an account, and an invitation for it. Raises UnknownOffice, LoginTaken."""
    if find_office(tx, command.office) is None:
        raise UnknownOffice(office=command.office)
    record = StaffRecord(
        staff_id=str(uuid_utils.uuid7()),
        login=command.login,
        display_name=command.name.strip(),
        role=command.for_role,
        office=command.office,
        password_hash="",
    )
    return invite(tx, record, by=(command.invited_by, command.role), key=key)


def invite(tx: Transaction, record: StaffRecord, *, by: tuple[str, Role], key: bytes) -> Invitation:
    """Keep a new account of any role, and invite to it. Raises LoginTaken."""
    if not colleagues.add(tx, record):
        raise LoginTaken(login=record.login)
    details = {"for_role": record.role}
    _record(tx, "staff_invited", record.staff_id, office=record.office, by=by, key=key, details=details)
    return _invitation(tx, record.staff_id, login=record.login, name=record.display_name)


def invite_staff_again(tx: Transaction, command: InviteStaffAgain, *, key: bytes) -> Invitation:
    """Let a member choose another password. Raises UnknownStaff."""
    member = _lock(tx, command.office, command.staff_id)
    return invite_again(tx, member, by=(command.invited_by, command.role), key=key)


def invite_again(tx: Transaction, member: Colleague, *, by: tuple[str, Role], key: bytes) -> Invitation:
    """Let somebody who has an account choose another password; their row is locked."""
    details = {"for_role": member.role, "again": "yes"}
    _record(tx, "staff_invited", member.staff_id, office=member.office, by=by, key=key, details=details)
    return _invitation(tx, member.staff_id, login=member.login, name=member.display_name)


def end_staff(tx: Transaction, command: EndStaff, *, key: bytes) -> Staff:
    """End a member's account, sessions and invitation.

    Raises UnknownStaff, OwnAccount for one's own, and LastHead where nobody would be left to invite.
    """
    heads = colleagues.lock_heads(tx, command.office)
    member = _lock(tx, command.office, command.staff_id)
    if member.staff_id == known_form(command.ended_by):
        raise OwnAccount
    if heads == [member.staff_id]:
        raise LastHead
    end(tx, member, by=(command.ended_by, command.role), key=key)
    return list_staff(tx, ListStaff(office=command.office))


def end(tx: Transaction, member: Colleague, *, by: tuple[str, Role], key: bytes) -> bool:
    """End an account whose row is locked, its sessions and its invitation; False where it was over."""
    if member.ended_at is not None and member.invited_until is None:
        return False
    colleagues.end(tx, member.staff_id)
    credentials = accounts.find_subject(tx, member.staff_id)
    if credentials is not None:
        revoke(tx, credentials)
    _record(tx, "staff_ended", member.staff_id, office=member.office, by=by, key=key)
    return True


def lock_login(tx: Transaction, login: str) -> Colleague:
    """Read whose login this is, to change it. Raises UnknownStaff."""
    member = colleagues.lock_by_login(tx, login)
    if member is None:
        raise UnknownStaff
    return member


def find_invitation(tx: Transaction, query: FindInvitation) -> InvitedStaff:
    """Read who is invited. Raises InvitationOver."""
    invited = colleagues.find_invited(tx, _digest(query.token))
    if invited is None:
        raise InvitationOver
    return InvitedStaff(
        login=invited.login, name=invited.display_name, role=invited.role, office=invited.office
    )


def accept_invitation(tx: Transaction, command: AcceptInvitation, *, sign_in: SignIn) -> Session:
    """Keep the password, end all sessions and begin one. Raises InvitationOver."""
    with sign_in.transactions() as reading:
        if colleagues.find_invited(reading, _digest(command.token)) is None:
            raise InvitationOver
    password_hash = sign_in.passwords.hash(command.password)
    invited = colleagues.lock_invited(tx, _digest(command.token))
    credentials = None if invited is None else accounts.find_subject(tx, invited.staff_id)
    if credentials is None or not colleagues.use_invitation(tx, credentials.subject, _digest(command.token)):
        raise InvitationOver
    accounts.change_password(tx, credentials, password_hash)
    version = revoke(tx, credentials)
    by, key = (credentials.subject, credentials.role), sign_in.vault.audit_key
    _record(tx, "invitation_accepted", credentials.subject, office=credentials.office, by=by, key=key)
    return begin_session(tx, replace(credentials, session_version=version), sign_in)


def forget_expired_invitations(tx: Transaction) -> None:
    """Drop invitations that nobody used in time."""
    colleagues.forget_expired_invitations(tx)


def _lock(tx: Transaction, office: str, staff_id: str) -> Colleague:
    member = colleagues.lock_at_counter(tx, office, known_form(staff_id))
    if member is None:
        raise UnknownStaff
    return member


def _invitation(tx: Transaction, staff_id: str, *, login: str, name: str) -> Invitation:
    token, expires_at = secrets.token_urlsafe(_TOKEN_BYTES), tx.now + LASTS
    colleagues.put_invitation(tx, staff_id, token_digest=_digest(token), expires_at=expires_at)
    return Invitation(staff_id=staff_id, login=login, name=name, token=token, expires_at=expires_at)


def _digest(token: str) -> bytes:
    """Make what is kept of a token: 256 random bits need no key to be unguessable."""
    return hashlib.sha256(token.encode()).digest()


def state_of(tx: Transaction, one: Colleague) -> StaffState:
    """Say whether somebody can sign in, or is invited to."""
    return "active" if one.password_hash else "invited" if _is_invited(tx, one) else "inactive"


def _is_invited(tx: Transaction, one: Colleague) -> bool:
    return one.invited_until is not None and one.invited_until > tx.now


def _member(tx: Transaction, one: Colleague) -> StaffMember:
    return StaffMember(
        subject=one.staff_id,
        name=one.display_name,
        login=one.login,
        role="head" if one.role == "head" else "officer",
        state=state_of(tx, one),
        invited_until=one.invited_until if _is_invited(tx, one) else None,
    )


def _record(
    tx: Transaction,
    action: Action,
    subject: str,
    *,
    office: str | None,
    by: tuple[str, Role],
    key: bytes,
    details: Mapping[str, str] | None = None,
) -> None:
    actor, role = by
    deed = Deed(
        actor=actor, role=role, office=office, action=action, subject=subject, details=dict(details or {})
    )
    audit.record(tx, deed, key=key)
