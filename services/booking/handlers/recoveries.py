"""A forgotten password: another one is chosen by who proves the account's phone and mailbox to be theirs.

    StartRecovery ───────▶ a code to the account's phone, a code to its mailbox ──────┐
    StartRecoveryAtDesk ─▶ the same, to the phone and the mailbox that they have now ─┴▶ FinishRecovery

Both codes are needed: telephone numbers are given to somebody else some months after they were given up.
Who has neither address any more shows an officer the identity card; the addresses become the account's with
the codes, and those before are told. Whether a login has an account is never answered; an address that has
none is told so itself.
"""

from dataclasses import replace

from marshmallow import ValidationError, validate

from chassis.database import Transaction
from contracts.requests.accounts import Session
from contracts.requests.address_proofs import (
    AddressProof,
    FinishRecovery,
    StartRecovery,
    StartRecoveryAtDesk,
)
from services.booking.domain.audit import Deed
from services.booking.errors import BadLogin, CodeExpired, NoSuchAccount
from services.booking.handlers import address_proofs, audit, proof_notices
from services.booking.handlers.address_proofs import Wanted, dialled
from services.booking.handlers.contact import PhoneInvalid, email_address, phone_number
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.handlers.one_time_codes import Codes
from services.booking.handlers.sessions import SignIn, begin_session, revoke
from services.booking.store import accounts, owners, sign_in_failures

_MAILBOX = validate.Email()


def start_recovery(tx: Transaction, command: StartRecovery, *, sign_in: SignIn) -> AddressProof:
    """Send codes to an account's phone and mailbox. Raises BadLogin, TooManyAttempts."""
    login = _login(command.login)
    owner = owners.find_by_login(tx, login)
    if owner is None:
        phone, email = (None, login) if "@" in login else (login, None)
    else:
        phone, email = owner.phone, owner.email
    wanted = Wanted(
        purpose="recovery",
        person_id=None if owner is None else owner.person_id,
        subject=login,
        phone=phone,
        email=email,
        locale=command.locale if owner is None else owner.locale,
        address=command.address,
    )
    return address_proofs.begin(tx, wanted, Codes.drawn(), vault=sign_in.vault)


def start_recovery_at_desk(
    tx: Transaction, command: StartRecoveryAtDesk, *, vault: IdentityVault
) -> AddressProof:
    """Send codes to the addresses that somebody has now whose identity card an officer sees.

    Raises BadPhone, TooManyAttempts, and NoSuchAccount where the NIK has none, or one of another birth date.
    """
    owner = owners.find_by_identity(tx, vault.nik_digest(command.nik), command.birth_date)
    if owner is None:
        raise NoSuchAccount
    wanted = Wanted(
        purpose="recovery",
        person_id=owner.person_id,
        subject=owner.person_id,
        phone=dialled(command.phone),
        email=email_address(command.email),
        locale=owner.locale,
    )
    begun = address_proofs.begin(tx, wanted, Codes.drawn(), vault=vault)
    deed = Deed(
        actor=command.officer_id,
        role=command.role,
        office=command.office,
        action="recovery_started",
        subject=owner.person_id,
        details={},
    )
    audit.record(tx, deed, key=vault.audit_key)
    return begun


def finish_recovery(tx: Transaction, command: FinishRecovery, *, sign_in: SignIn) -> Session:
    """Keep the new password, end all sessions and begin one.

    Raises BadCode, CodeExpired, and AccountExists where an address became another account's meanwhile.
    """
    codes = Codes(phone=command.phone_code, email=command.email_code)
    record, owner = address_proofs.proved(tx, "recovery", command.proof_id, codes, sign_in=sign_in)
    credentials = accounts.find_subject(tx, owner.person_id)
    if credentials is None:
        raise CodeExpired
    address_proofs.make_theirs(tx, owner, record)
    accounts.change_password(tx, credentials, sign_in.passwords.hash(command.password))
    for login in (owner.phone, owner.email, record.phone, record.email):
        if login is not None:
            sign_in_failures.forget(tx, sign_in.vault.login_digest(login))
    version = revoke(tx, credentials)
    proof_notices.tell_of_change(tx, owner, "password", version=version)
    return begin_session(tx, replace(credentials, session_version=version), sign_in)


def _login(text: str) -> str:
    """Read a phone number or an e-mail address. Raises BadLogin for anything else, as officers' logins."""
    if "@" in text:
        login = email_address(text)
        try:
            return _MAILBOX(login)
        except ValidationError as reason:
            raise BadLogin from reason
    try:
        return phone_number(text)
    except PhoneInvalid as reason:
        raise BadLogin from reason
