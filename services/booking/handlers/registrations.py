"""Registering: what somebody writes, the two codes that prove it, and the account that follows.

    CreateAccount ──▶ registration ──▶ a code to the phone, a code to the mailbox
                        │   ▲ ResendCodes
                        └─ VerifyAccount ──▶ account, session

Whether a NIK, a phone or an e-mail address is known is never answered. An address that has an account is
told so itself, in place of the code; a NIK that has one is refused only to who has proved both addresses.
Whom an officer has booked for gets the person made then by the phone given at the desk or by the booking's
code; the phone given at the desk is always told. Whom somebody booked for as their family stays the same
person, so nobody has two bookings ahead, whichever way they were made.
"""

import uuid
from dataclasses import asdict, replace
from datetime import date

import uuid_utils

from chassis.database import Transaction
from contracts.events import ContactChanged
from contracts.requests.accounts import CreateAccount, Registration, ResendCodes, Session, VerifyAccount
from services.booking.domain import nik, one_time_code
from services.booking.errors import (
    AccountExists,
    BadBirthDate,
    BadNik,
    BadPhone,
    BookedByFamily,
    BookingCodeNeeded,
    CodeExpired,
    NikMismatch,
)
from services.booking.handlers import one_time_codes, registration_notices
from services.booking.handlers.contact import PhoneInvalid, email_address, phone_number
from services.booking.handlers.dependents import version_now
from services.booking.handlers.hall_names import tell_hall_name
from services.booking.handlers.identifier import known_form
from services.booking.handlers.one_time_codes import Codes
from services.booking.handlers.sessions import SignIn, begin_session
from services.booking.store import (
    accounts,
    assistance,
    bookings,
    daily_tries,
    dependents,
    home_visits,
    nik_overrides,
    no_shows,
    registrations,
)
from services.booking.store.accounts import AccountRecord, Credentials
from services.booking.store.dependents import FamilyMember
from services.booking.store.identities import find_contact
from services.booking.store.registrations import Applicant, RegistrationRecord

_OLDEST = 130
_NOT_OF_AN_ACCOUNT = frozenset(
    {"registration_id", "booking_code", "address_digest", "phone_code_digest", "email_code_digest"}
    | {"tries", "sends", "sent_at", "codes_expire_at"}
)


def create_account(tx: Transaction, command: CreateAccount, *, sign_in: SignIn) -> Registration:
    """Begin a registration. Raises BadNik, BadBirthDate, NikMismatch, BadPhone, TooManyAttempts."""
    applicant = _applicant(command, sign_in)
    _check_form(command, today=tx.now.date())
    with sign_in.transactions() as reading:
        _check_crowd(reading, applicant)
        _check_identity(reading, command, sign_in)
    codes = Codes.drawn()
    record = _record(tx, command, applicant, codes, sign_in)
    registrations.ROWS.add(tx, record)
    return _told(tx, record, codes)


def resend_codes(tx: Transaction, command: ResendCodes, *, sign_in: SignIn) -> Registration:
    """Send other codes. Raises CodeExpired, CodesSentAlready."""
    registration_id = known_form(command.registration_id)
    record, codes = one_time_codes.send_anew(tx, registrations.ROWS, registration_id, sign_in.vault)
    return _told(tx, record, codes)


def verify_account(tx: Transaction, command: VerifyAccount, *, sign_in: SignIn) -> Session:
    """Make the account and sign in.

    Raises BadCode, CodeExpired, AccountExists, BookingCodeNeeded, BookedByFamily.
    """
    registration_id = known_form(command.registration_id)
    codes = Codes(phone=command.phone_code, email=command.email_code)
    record = one_time_codes.prove(
        sign_in.transactions, registrations.ROWS, registration_id, codes, sign_in.vault
    )
    if not registrations.ROWS.forget(tx, registration_id):
        raise CodeExpired
    known = dependents.lock_of_nik(tx, record.nik_digest)
    as_known = None if known is None else _out_of_family(tx, record, known, sign_in)
    account = as_known or _kept(tx, record)
    if account is None:
        with sign_in.transactions() as telling:
            if _is_told_first(telling, record):
                _tell_owner(telling, record)
            is_assisted = assistance.has_no_sign_in(telling, record.nik_digest)
        raise BookingCodeNeeded if is_assisted else AccountExists
    tx.emit(_contact(account))
    credentials = Credentials(
        subject=account.person_id,
        role="citizen",
        office=None,
        display_name=account.display_name,
        password_hash=account.password_hash,
    )
    return begin_session(tx, credentials, sign_in)


def forget_old_registrations(tx: Transaction) -> None:
    """Drop what people wrote who did not complete their registration."""
    registrations.ROWS.forget_before(tx, tx.now - one_time_code.WAITS - one_time_code.LIVES)


def _check_form(command: CreateAccount, *, today: date) -> None:
    if not nik.is_nik(command.nik):
        raise BadNik
    if not today.year - _OLDEST <= command.birth_date.year or command.birth_date > today:
        raise BadBirthDate


def _check_identity(tx: Transaction, command: CreateAccount, sign_in: SignIn) -> None:
    """What the NIK tells must be what is written, unless an officer has seen the identity card."""
    if nik.tells(command.nik, birth_date=command.birth_date, sex=command.sex):
        return
    identity = sign_in.vault.identity_digest(command.nik, command.birth_date, command.sex)
    if not nik_overrides.is_there(tx, identity):
        raise NikMismatch


def _check_crowd(tx: Transaction, applicant: Applicant) -> None:
    crowd = registrations.crowd(tx, applicant, since=tx.now - one_time_code.WAITS)
    one_time_codes.check_crowd(crowd)


def _applicant(command: CreateAccount, sign_in: SignIn) -> Applicant:
    try:
        phone = phone_number(command.phone)
    except PhoneInvalid as reason:
        raise BadPhone from reason
    return Applicant(
        nik_digest=sign_in.vault.nik_digest(command.nik),
        phone=phone,
        email=email_address(command.email),
        address_digest=None if command.address is None else sign_in.vault.address_digest(command.address),
    )


def _record(
    tx: Transaction, command: CreateAccount, applicant: Applicant, codes: Codes, sign_in: SignIn
) -> RegistrationRecord:
    registration_id, person_id = str(uuid.uuid4()), str(uuid_utils.uuid7())
    sealed = sign_in.vault.seal(command.nik, person_id=person_id)
    return RegistrationRecord(
        registration_id=registration_id,
        person_id=person_id,
        name=command.name.strip(),
        display_name=command.display_name.strip(),
        shown_as=command.shown_as,
        phone=applicant.phone,
        email=applicant.email,
        locale=command.locale,
        birth_date=command.birth_date,
        sex=command.sex,
        nik_digest=sealed.digest,
        nik_ciphertext=sealed.ciphertext,
        nik_key_id=sealed.key_id,
        password_hash=sign_in.passwords.hash(command.password),
        booking_code=command.booking_code,
        address_digest=applicant.address_digest,
        **one_time_codes.first(tx, codes, registration_id, sign_in.vault),
    )


def _told(tx: Transaction, record: RegistrationRecord, codes: Codes) -> Registration:
    known = registrations.known(tx, phone=record.phone, email=record.email)
    registration_notices.tell_codes(tx, record, codes, known)
    return Registration(
        registration_id=record.registration_id,
        codes_expire_at=record.codes_expire_at,
        resend_at=record.sent_at + one_time_code.RESEND_AFTER,
        tries_left=one_time_code.TRIES - record.tries,
    )


def _account(tx: Transaction, record: RegistrationRecord) -> AccountRecord:
    kept = {name: value for name, value in asdict(record).items() if name not in _NOT_OF_AN_ACCOUNT}
    return AccountRecord(**{**kept, "version": 1, "created_at": tx.now})


def _kept(tx: Transaction, record: RegistrationRecord) -> AccountRecord | None:
    """Keep an account; who was made with an officer's help gets it, with what is booked for them."""
    account = _account(tx, record)
    if accounts.add_account(tx, account):
        return account
    given = assistance.phone_of_nik(tx, record.nik_digest)
    claimed = assistance.claim(tx, account, booking_code=record.booking_code)
    if claimed is not None:
        assistance.forget_phone(tx, claimed.person_id)
        tell_hall_name(tx, claimed.person_id, claimed.hall_name)
        if given is not None and given != claimed.phone:
            registration_notices.tell_of_account(tx, record, "whatsapp", given, why="claimed")
    return claimed


def _out_of_family(
    tx: Transaction, record: RegistrationRecord, known: FamilyMember, sign_in: SignIn
) -> AccountRecord | None:
    """Keep the account of who was booked for so far, as the same person; the family is told.

    A visit at home that the family asked for is withdrawn, as its address is theirs to know. None where the
    phone or the mailbox has an account. Raises BookedByFamily while a booking is ahead, which
    belongs to who made it: a NIK is no secret, and shall not give away a ticket.
    """
    if bookings.somebody_ahead(tx, [known.person_id]):
        with sign_in.transactions() as telling:
            if _is_told_first(telling, record):
                _tell_family(telling, record, known)
        raise BookedByFamily
    account = replace(
        _account(tx, record),
        person_id=known.person_id,
        version=version_now(tx),
        nik_ciphertext=sign_in.vault.handed_over(record.nik_ciphertext, record.person_id, to=known.person_id),
        nik_key_id=sign_in.vault.key_id,
    )
    if not accounts.add_account(tx, account):
        return None
    dependents.leave_family(tx, known.person_id)
    home_visits.withdraw_for(tx, known.person_id)
    no_shows.put_waits(tx, known.person_id, known.waits or {})
    if not known.is_removed:
        _tell_family(tx, record, known)
    return account


def _is_told_first(tx: Transaction, record: RegistrationRecord) -> bool:
    """Say whether a refused registration is told of now, once: right codes cost no try and come again."""
    return daily_tries.count_try(tx, f"told:{record.registration_id}", tx.now.date()) == 1


def _tell_family(tx: Transaction, record: RegistrationRecord, known: FamilyMember) -> None:
    contact = find_contact(tx, known.guardian_id)
    if contact is not None:
        registration_notices.tell_of_account(tx, record, "whatsapp", contact.phone, why="family")


def _contact(account: AccountRecord) -> ContactChanged:
    return ContactChanged(
        version=account.version,
        person_id=account.person_id,
        display_name=account.display_name,
        phone=account.phone,
        email=account.email,
        locale=account.locale,
    )


def _tell_owner(tx: Transaction, record: RegistrationRecord) -> None:
    """Tell who has the NIK's account, at the phone that they registered or gave at the desk."""
    phone = assistance.phone_of_nik(tx, record.nik_digest)
    if phone is not None:
        registration_notices.tell_of_account(tx, record, "whatsapp", phone)
