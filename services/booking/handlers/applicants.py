"""Whom officers and villages book for: found by the NIK, or made as a person without a sign-in."""

import uuid_utils

from chassis.database import Transaction
from contracts.events import ContactChanged
from contracts.requests.assistance import BookWithAssistance
from services.booking import errors
from services.booking.handlers import villages
from services.booking.handlers.contact import PhoneInvalid, phone_number
from services.booking.handlers.dependents import version_now
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.store import accounts, assistance, dependents, no_shows
from services.booking.store.accounts import AccountRecord
from services.booking.store.assistance import Known
from services.booking.store.bookings import BookingsNotKept
from services.booking.store.dependents import FamilyMember


def find_or_make(tx: Transaction, command: BookWithAssistance, vault: IdentityVault) -> Known:
    """Find who has the NIK, or make a person without a sign-in. Raises BadPhone, NoVillage."""
    digest = vault.nik_digest(command.nik)
    known = assistance.find_person(tx, digest)
    if known is not None:
        return known
    former = dependents.lock_of_nik(tx, digest)
    if former is not None and not former.is_removed:  # somebody has just taken them back
        return Known(person_id=former.person_id, guardian_id=former.guardian_id)
    record = _record(tx, command, vault, former)
    own_phone = _phone(command)
    phone = own_phone or _phone_of_village(tx, command)
    if not accounts.add_account(tx, record):  # somebody else has just made them
        found = assistance.find_person(tx, digest)
        if found is None:
            raise BookingsNotKept
        return found
    if former is not None:
        dependents.leave_family(tx, former.person_id)
        no_shows.put_waits(tx, former.person_id, former.waits or {})
    if phone is not None or former is not None:  # whose messages went to the family
        tx.emit(_contact(record, phone))
    if phone is not None:
        assistance.keep_phone(tx, record.person_id, phone, is_village=own_phone is None)
    return Known(person_id=record.person_id, guardian_id=None)


def _record(
    tx: Transaction, command: BookWithAssistance, vault: IdentityVault, former: FamilyMember | None
) -> AccountRecord:
    """Nobody signs in to it: it has no password, and neither phone nor mailbox of its own.

    Who was in a family stays who they were, so that they have one booking ahead through whomever.
    """
    person_id = str(uuid_utils.uuid7()) if former is None else former.person_id
    sealed = vault.seal(command.nik, person_id=person_id)
    return AccountRecord(
        person_id=person_id,
        name=command.name.strip(),
        display_name=command.display_name.strip(),
        shown_as=command.shown_as,
        phone=assistance.placeholder(person_id),
        email=assistance.placeholder(person_id),
        locale="id",
        nik_digest=sealed.digest,
        nik_ciphertext=sealed.ciphertext,
        nik_key_id=sealed.key_id,
        password_hash="",
        version=1 if former is None else version_now(tx),
        created_at=tx.now,
        birth_date=command.birth_date,
    )


def _contact(record: AccountRecord, phone: str | None) -> ContactChanged:
    return ContactChanged(
        version=record.version,
        person_id=record.person_id,
        display_name=record.display_name,
        phone=phone,
        email=None,
        locale=record.locale,
    )


def _phone_of_village(tx: Transaction, command: BookWithAssistance) -> str | None:
    """Return the phone that is told in place of one's own. Raises NoVillage."""
    return villages.village_of(tx, command.officer_id).phone if command.via_village else None


def _phone(command: BookWithAssistance) -> str | None:
    if command.phone is None:
        return None
    try:
        return phone_number(command.phone)
    except PhoneInvalid as reason:
        raise errors.BadPhone from reason
