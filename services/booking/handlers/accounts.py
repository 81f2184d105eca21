"""Accounts of citizens."""

import uuid_utils

from chassis.database import Transaction
from contracts.events import ContactChanged
from contracts.requests.accounts import Account, CreateAccount
from services.booking.domain.nik import is_nik
from services.booking.errors import AccountExists, BadNik, BadPhone
from services.booking.handlers.contact import PhoneInvalid, email_address, phone_number
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.handlers.passwords import Passwords
from services.booking.store import accounts
from services.booking.store.accounts import AccountRecord


def create_account(
    tx: Transaction, command: CreateAccount, *, vault: IdentityVault, passwords: Passwords
) -> Account:
    """Register a person. Raises BadNik, BadPhone, AccountExists."""
    record = _record(tx, command, vault, passwords)
    if not accounts.add_account(tx, record):
        raise AccountExists
    tx.emit(
        ContactChanged(
            version=record.version,
            person_id=record.person_id,
            display_name=record.display_name,
            phone=record.phone,
            email=record.email,
            locale=record.locale,
        )
    )
    return Account(
        person_id=record.person_id,
        name=record.name,
        display_name=record.display_name,
        phone=record.phone,
        email=record.email,
        locale=record.locale,
    )


def _record(
    tx: Transaction, command: CreateAccount, vault: IdentityVault, passwords: Passwords
) -> AccountRecord:
    if not is_nik(command.nik):
        raise BadNik
    try:
        phone = phone_number(command.phone)
    except PhoneInvalid as reason:
        raise BadPhone from reason
    person_id = str(uuid_utils.uuid7())
    nik = vault.seal(command.nik, person_id=person_id)
    return AccountRecord(
        person_id=person_id,
        name=command.name.strip(),
        display_name=command.display_name.strip(),
        phone=phone,
        email=email_address(command.email),
        locale=command.locale,
        nik_digest=nik.digest,
        nik_ciphertext=nik.ciphertext,
        nik_key_id=nik.key_id,
        password_hash=passwords.hash(command.password),
        version=1,
        created_at=tx.now,
    )
