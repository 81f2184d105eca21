"""A forgotten password: another one is chosen by who proves the account's phone and mailbox to be theirs.

    StartRecovery ───────▶ a code to the account's phone, a code to its mailbox ──────┐
    StartRecoveryAtDesk ─▶ the same, to the phone and the mailbox that they have now ─┴▶ FinishRecovery

Both codes are needed: telephone numbers are given to somebody else some months after they were given up.
Who has neither address any more shows an officer the identity card; the addresses become the account's with
the codes, and those before are told. Whether a login has an account is never answered; an address that has
none is told so itself.
"""

from dataclasses import replace
from datetime import timedelta

from marshmallow import ValidationError, validate

from chassis.database import Transaction
from contracts.requests.accounts import Session
from contracts.requests.address_proofs import (
    AddressProof,
    FinishRecovery,
    StartRecovery,
    StartRecoveryAtDesk,
)
from services.booking.domain.audit import Action, Deed
from services.booking.domain.same_name import is_same_name
from services.booking.errors import BadLogin, CodeExpired, NoSuchAccount, TooManyAttempts, UnknownOffice
from services.booking.handlers import address_proofs, audit, proof_notices
from services.booking.handlers.address_proofs import Wanted, dialled
from services.booking.handlers.contact import PhoneInvalid, email_address, phone_number
from services.booking.handlers.identifier import known_form
from services.booking.handlers.one_time_codes import Codes
from services.booking.handlers.sessions import SignIn, begin_session, revoke
from services.booking.store import accounts, daily_tries, offices, own_data, owners, sign_in_failures

MOST_A_DAY = 40
"""Questions of one officer: as many as people that one may help to book."""

NOBODY_KNOWN = "nobody"
"""The log's subject where no account has the NIK and the birth date."""

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


def start_recovery_at_desk(tx: Transaction, command: StartRecoveryAtDesk, *, sign_in: SignIn) -> AddressProof:
    """Send codes to the addresses that somebody has now whose identity card an officer sees.

    Raises UnknownOffice, BadPhone, TooManyAttempts, and NoSuchAccount where the NIK has none, or one of
    another birth date or name.
    """
    _count_try(command, sign_in)
    owner = owners.find_by_identity(tx, sign_in.vault.nik_digest(command.nik), command.birth_date)
    if owner is None or not is_same_name(command.name, owner.name):
        raise NoSuchAccount
    wanted = Wanted(
        purpose="recovery",
        person_id=owner.person_id,
        subject=owner.person_id,
        phone=dialled(command.phone),
        email=email_address(command.email),
        locale=owner.locale,
    )
    begun = address_proofs.begin(tx, wanted, Codes.drawn(), vault=sign_in.vault)
    _record(tx, command, "recovery_started", owner.person_id, sign_in)
    return begun


def finish_recovery(tx: Transaction, command: FinishRecovery, *, sign_in: SignIn) -> Session:
    """Keep the new password, end all sessions and begin one.

    Raises BadCode, CodeExpired, and AccountExists where an address became another account's meanwhile.
    """
    codes = Codes(phone=command.phone_code, email=command.email_code)
    record = address_proofs.prove("recovery", command.proof_id, codes, sign_in=sign_in)
    password_hash = sign_in.passwords.hash(command.password)
    owner = address_proofs.take(tx, record)
    credentials = accounts.find_subject(tx, owner.person_id)
    if credentials is None:
        raise CodeExpired
    has_moved = address_proofs.make_theirs(tx, owner, record)
    accounts.change_password(tx, credentials, password_hash)
    for login in (owner.person_id, owner.phone, owner.email, record.phone, record.email):
        if login is not None:
            sign_in_failures.forget(tx, sign_in.vault.login_digest(login))
    own_data.note_sign_in(tx, owner.person_id)
    version = revoke(tx, credentials)
    if not has_moved:
        # Whose addresses are others now hears of that, and what to do; a new password is none of theirs.
        proof_notices.tell_of_change(tx, owner, "password", version=version)
    return begin_session(tx, replace(credentials, session_version=version), sign_in)


def _count_try(command: StartRecoveryAtDesk, sign_in: SignIn) -> None:
    """Count that an officer asks whose a NIK is, and write it down, whatever comes of it.

    What is refused tells something about people too. Raises UnknownOffice, TooManyAttempts.
    """
    with sign_in.transactions() as counting:
        office = offices.find_office(counting, command.office)
        if office is None:
            raise UnknownOffice(office=command.office)
        now = counting.now.astimezone(office.zone)
        tries = daily_tries.count_try(counting, f"recovery:{known_form(command.officer_id)}", now.date())
        known = owners.find_by_identity(counting, sign_in.vault.nik_digest(command.nik), command.birth_date)
        subject = NOBODY_KNOWN if known is None else known.person_id
        _record(counting, command, "recovery_asked", subject, sign_in)
    if tries > MOST_A_DAY:
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        raise TooManyAttempts(retry_seconds=(midnight - now).total_seconds())


def _record(
    tx: Transaction, command: StartRecoveryAtDesk, action: Action, subject: str, sign_in: SignIn
) -> None:
    deed = Deed(
        actor=command.officer_id,
        role=command.role,
        office=command.office,
        action=action,
        subject=subject,
        details={},
    )
    audit.record(tx, deed, key=sign_in.vault.audit_key)


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
