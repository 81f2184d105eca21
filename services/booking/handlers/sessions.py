"""Signing in and out, for citizens, staff and devices alike."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import timedelta

from chassis.database import Transaction
from contracts.access import Access, AccessSigner
from contracts.events import SessionsRevoked
from contracts.requests.accounts import (
    ChangePassword,
    CloseSessions,
    ListRevocations,
    OpenSession,
    Revocation,
    Revocations,
    Session,
)
from services.booking.domain import device as device_rules
from services.booking.domain import throttle
from services.booking.domain.audit import Deed
from services.booking.errors import SignInFailed, TooManyAttempts, UnknownAccount
from services.booking.handlers import audit, proof_notices
from services.booking.handlers.contact import PhoneInvalid, email_address, phone_number
from services.booking.handlers.identifier import known_form
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.handlers.passwords import Passwords
from services.booking.store import accounts, address_proofs, devices, own_data, owners, sign_in_failures
from services.booking.store.accounts import Credentials


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """What signing in stands on; a device's session lasts longer than a person's.

    One that was paired by a code renews its session, which therefore is shorter.
    """

    transactions: Callable[[], AbstractContextManager[Transaction]]
    vault: IdentityVault
    passwords: Passwords
    signer: AccessSigner
    lasts: timedelta
    device_lasts: timedelta
    paired_device_lasts: timedelta = device_rules.TOKEN_LASTS


def open_session(tx: Transaction, command: OpenSession, *, sign_in: SignIn) -> Session:
    """Sign in. Raises SignInFailed for every reason, and TooManyAttempts before the password is looked at."""
    login = _canonical(command.login)
    digest = sign_in.vault.login_digest(login)
    attempt = _Attempt(digest=digest, address=command.address, password=command.password)
    credentials = _proved(tx, attempt, lambda reading: _find(reading, login), sign_in)
    if credentials.role == "citizen":
        own_data.note_sign_in(tx, credentials.subject)
    else:
        audit.record(tx, _signed_in(credentials), key=sign_in.vault.audit_key)
    return begin_session(tx, credentials, sign_in)


def prove_again(
    tx: Transaction, subject: str, password: str, address: str | None, *, sign_in: SignIn
) -> Credentials:
    """Have who is signed in prove it once more. Raises SignInFailed, TooManyAttempts."""
    known = known_form(subject)
    attempt = _Attempt(digest=sign_in.vault.login_digest(known), address=address, password=password)
    return _proved(tx, attempt, lambda reading: accounts.find_subject(reading, known), sign_in)


def change_password(tx: Transaction, command: ChangePassword, *, sign_in: SignIn) -> Session:
    """Change the password, end all sessions and begin one; citizens are told.

    Raises SignInFailed, TooManyAttempts.
    """
    credentials = prove_again(tx, command.subject, command.password, command.address, sign_in=sign_in)
    password_hash = sign_in.passwords.hash(command.new_password)
    if not accounts.change_password(tx, credentials, password_hash):
        raise SignInFailed
    address_proofs.forget_of(tx, credentials.subject)
    version = revoke(tx, credentials)
    owner = owners.lock(tx, credentials.subject)
    if owner is not None:
        proof_notices.tell_of_change(tx, owner, "password", version=version)
    return begin_session(tx, replace(credentials, session_version=version), sign_in)


def close_sessions(tx: Transaction, command: CloseSessions) -> Revocation:
    """Sign a subject out everywhere. Raises UnknownAccount."""
    credentials = accounts.find_subject(tx, known_form(command.subject))
    if credentials is None:
        raise UnknownAccount
    return Revocation(subject=credentials.subject, session_version=revoke(tx, credentials))


def revoke(tx: Transaction, credentials: Credentials) -> int:
    """End all sessions of a subject and tell who checks tokens; return the version that counts from now."""
    version = accounts.revoke_sessions(tx, credentials)
    tx.emit(SessionsRevoked(version=version, subject=credentials.subject))
    return version


def list_revocations(tx: Transaction, _query: ListRevocations, *, sign_in: SignIn) -> Revocations:
    """Read which tokens count no more, though their time is not over."""
    since = tx.now - max(sign_in.lasts, sign_in.device_lasts, sign_in.paired_device_lasts)
    revoked = accounts.list_revoked(tx, since=since)
    revoked += [(device_id, device_rules.ENDED) for device_id in devices.list_ended(tx, since=since)]
    return Revocations(
        revocations=tuple(
            Revocation(subject=subject, session_version=version) for subject, version in revoked
        )
    )


def begin_session(tx: Transaction, credentials: Credentials, sign_in: SignIn) -> Session:
    """Sign the token of somebody who has proved who they are."""
    lasts = sign_in.device_lasts if credentials.role == "kiosk" else sign_in.lasts
    access = Access(
        subject=credentials.subject,
        role=credentials.role,
        office=credentials.office,
        display_name=credentials.display_name,
        expires_at=tx.now + lasts,
        session_version=credentials.session_version,
    )
    return Session(
        token=sign_in.signer.sign(access, now=tx.now),
        expires_at=access.expires_at,
        subject=access.subject,
        role=access.role,
        office=access.office,
        display_name=access.display_name,
    )


def forget_old_failures(tx: Transaction) -> None:
    """Drop failed sign-ins that no longer count."""
    sign_in_failures.forget_before(tx, tx.now - throttle.WINDOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """A password for a login that is known by its digest, and from where it comes."""

    digest: bytes
    address: str | None
    password: str


def _proved(
    tx: Transaction,
    attempt: _Attempt,
    find: Callable[[Transaction], Credentials | None],
    sign_in: SignIn,
) -> Credentials:
    """Compare a password, in short transactions of its own.

    A failure must be remembered although the request is refused, and no connection is held while the
    password is hashed. One is hashed whoever the login belongs to, and if it belongs to nobody.
    """
    address = None if attempt.address is None else sign_in.vault.address_digest(attempt.address)
    with sign_in.transactions() as reading:
        has_failed = _check_throttles(reading, attempt.digest, address)
        credentials = find(reading)
    password_hash = None if credentials is None else credentials.password_hash
    is_right = sign_in.passwords.verify(attempt.password, password_hash)
    if credentials is None or not is_right:
        with sign_in.transactions() as writing:
            # The address is charged for the login's first failure alone.
            charged = [] if address is None or has_failed else [address]
            sign_in_failures.add(writing, [attempt.digest, *charged])
        raise SignInFailed
    if has_failed:
        sign_in_failures.forget(tx, attempt.digest)
    return credentials


def _check_throttles(tx: Transaction, login: bytes, address: bytes | None) -> bool:
    """Raise TooManyAttempts for a login that failed too often or an address of many; say if the login did."""
    after = tx.now - throttle.WINDOW
    failures = sign_in_failures.failed_at(tx, login, after=after, most=throttle.FAILURES_ALLOWED)
    waits = [throttle.retry_seconds(failures, now=tx.now)]
    if address is not None:
        most = throttle.LOGINS_ALLOWED_OF_ADDRESS
        from_there = sign_in_failures.failed_at(tx, address, after=after, most=most)
        waits.append(throttle.retry_seconds(from_there, now=tx.now, allowed=most))
    wait_seconds = max((wait for wait in waits if wait is not None), default=None)
    if wait_seconds is not None:
        raise TooManyAttempts(retry_seconds=wait_seconds)
    return bool(failures)


def _canonical(login: str) -> str:
    """However a login is written, its failures count as one login's."""
    if "@" in login:
        return email_address(login)
    try:
        return phone_number(login)
    except PhoneInvalid:
        return login.strip().lower()


def _find(tx: Transaction, login: str) -> Credentials | None:
    if "@" in login:
        return accounts.find_citizen(tx, email=login)
    if login.startswith("+"):
        return accounts.find_citizen(tx, phone=login)
    return accounts.find_staff(tx, login)


def _signed_in(credentials: Credentials) -> Deed:
    return Deed(
        actor=credentials.subject,
        role=credentials.role,
        office=credentials.office,
        action="signed_in",
        subject=credentials.subject,
        details={},
    )
