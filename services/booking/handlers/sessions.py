"""Signing in, for citizens, staff and devices alike."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta

from chassis.database import Transaction
from contracts.access import Access, AccessSigner
from contracts.requests.accounts import OpenSession, Session
from services.booking.domain import throttle
from services.booking.errors import SignInFailed, TooManyAttempts
from services.booking.handlers.contact import PhoneInvalid, email_address, phone_number
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.handlers.passwords import Passwords
from services.booking.store import accounts
from services.booking.store.accounts import Credentials


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """What signing in stands on; a device's session lasts longer than a person's."""

    transactions: Callable[[], AbstractContextManager[Transaction]]
    vault: IdentityVault
    passwords: Passwords
    signer: AccessSigner
    lasts: timedelta
    device_lasts: timedelta


def open_session(tx: Transaction, command: OpenSession, *, sign_in: SignIn) -> Session:
    """Sign in. Raises SignInFailed for every reason, and TooManyAttempts before the password is looked at.

    It works in short transactions of its own: a failure must be remembered although the request is
    refused, and no connection is held while the password is hashed.
    """
    login = _canonical(command.login)
    digest = sign_in.vault.login_digest(login)
    with sign_in.transactions() as reading:
        failures = accounts.failed_at(reading, digest, after=tx.now - throttle.WINDOW)
        credentials = _find(reading, login)
    wait_seconds = throttle.retry_seconds(failures, now=tx.now)
    if wait_seconds is not None:
        raise TooManyAttempts(retry_seconds=wait_seconds)
    password_hash = None if credentials is None else credentials.password_hash
    is_right = sign_in.passwords.verify(command.password, password_hash)
    if credentials is None or not is_right:
        with sign_in.transactions() as writing:
            accounts.add_failure(writing, digest)
        raise SignInFailed
    if failures:
        accounts.forget_failures(tx, digest)
    return begin_session(tx, credentials, sign_in)


def begin_session(tx: Transaction, credentials: Credentials, sign_in: SignIn) -> Session:
    """Sign the token of somebody who has proved who they are."""
    lasts = sign_in.device_lasts if credentials.role == "kiosk" else sign_in.lasts
    access = Access(
        subject=credentials.subject,
        role=credentials.role,
        office=credentials.office,
        display_name=credentials.display_name,
        expires_at=tx.now + lasts,
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
    accounts.forget_failures_before(tx, tx.now - throttle.WINDOW)


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
