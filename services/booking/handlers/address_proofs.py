"""Proving that addresses are one's own, for an account that exists: begun, sent anew, proved, taken over.

    begin ──▶ address_proof ──▶ a code to each address, or word that it is of no use
                │   ▲ ResendProofCodes
                └─ prove, take ──▶ what it was for: another password (`recoveries.py`), another
                              phone or mailbox (`contact_changes.py`)

The answers are the same whoever has an account. A proof about nobody's account is proved by no code.
"""

import uuid
from dataclasses import dataclass

from chassis.database import Transaction
from contracts.events.accounts import ProofPurpose
from contracts.requests.address_proofs import AddressProof, ResendProofCodes
from contracts.words import Locale
from services.booking.domain import one_time_code
from services.booking.errors import AccountExists, BadPhone, CodeExpired
from services.booking.handlers import one_time_codes, proof_notices
from services.booking.handlers.contact import PhoneInvalid, phone_number
from services.booking.handlers.dependents import tell_family_contact
from services.booking.handlers.identifier import known_form
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.handlers.one_time_codes import Codes
from services.booking.handlers.sessions import SignIn
from services.booking.store import address_proofs, owners, registrations
from services.booking.store.address_proofs import ProofRecord
from services.booking.store.identities import Contact
from services.booking.store.owners import Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be proved, for whose account. Counted by `subject`; `address` is the asker's."""

    purpose: ProofPurpose
    person_id: str | None
    subject: str
    phone: str | None
    email: str | None
    locale: Locale
    address: str | None = None


def begin(tx: Transaction, wanted: Wanted, codes: Codes, *, vault: IdentityVault) -> AddressProof:
    """Have the codes sent. Raises TooManyAttempts."""
    subject = vault.login_digest(wanted.subject)
    address = None if wanted.address is None else vault.address_digest(wanted.address)
    # The login counts, known or not; and where somebody wants to be reached, which may be another's.
    told = None if wanted.subject in (wanted.phone, wanted.email) else wanted
    since = tx.now - one_time_code.WAITS
    crowd = address_proofs.crowd(
        tx,
        subject,
        phone=told.phone if told else None,
        email=told.email if told else None,
        address=address,
        since=since,
    )
    one_time_codes.check_crowd(crowd)
    proof_id = str(uuid.uuid4())
    record = ProofRecord(
        proof_id=proof_id,
        purpose=wanted.purpose,
        person_id=wanted.person_id,
        subject_digest=subject,
        phone=wanted.phone,
        email=wanted.email,
        locale=wanted.locale,
        address_digest=address,
        **one_time_codes.first(tx, codes, proof_id, vault),
    )
    address_proofs.ROWS.add(tx, record)
    return _told(tx, record, codes)


def resend_proof_codes(tx: Transaction, command: ResendProofCodes, *, vault: IdentityVault) -> AddressProof:
    """Send other codes. Raises CodeExpired, CodesSentAlready."""
    proof_id = known_form(command.proof_id)
    record, codes = one_time_codes.send_anew(tx, address_proofs.ROWS, proof_id, vault)
    return _told(tx, record, codes)


def prove(purpose: ProofPurpose, proof_id: str, codes: Codes, *, sign_in: SignIn) -> ProofRecord:
    """Compare the codes. Raises BadCode, CodeExpired."""
    return one_time_codes.prove(
        sign_in.transactions,
        address_proofs.ROWS,
        known_form(proof_id),
        codes,
        sign_in.vault,
        counts=lambda record: record.person_id is not None and record.purpose == purpose,
    )


def take(tx: Transaction, record: ProofRecord) -> Owner:
    """End a proof, and return whose account it is about, which is locked. Raises CodeExpired."""
    owner = None if record.person_id is None else owners.lock(tx, record.person_id)
    if owner is None or not address_proofs.ROWS.forget(tx, record.proof_id):
        raise CodeExpired
    return owner


def make_theirs(tx: Transaction, owner: Owner, record: ProofRecord) -> bool:
    """Reach the owner and their family at the proved addresses, and tell those before, if they are others.

    All other proofs end: they were begun for the addresses before. False where they are these already. Raises
    AccountExists where one of the
    addresses became another account's meanwhile.
    """
    address_proofs.forget_of(tx, owner.person_id)
    phone, email = record.phone or owner.phone, record.email or owner.email
    if (phone, email) == (owner.phone, owner.email):
        return False
    taken = registrations.known(tx, phone=phone, email=email, besides=owner.person_id)
    if taken.phone or taken.email:
        raise AccountExists
    reached = owners.reach_at(tx, owner, phone=phone, email=email)
    proof_notices.tell_contact(tx, reached)
    tell_family_contact(tx, reached.person_id, Contact(phone=phone, email=email, locale=reached.locale))
    proof_notices.tell_of_change(tx, owner, "contact", version=reached.version)
    return True


def forget_old_proofs(tx: Transaction) -> None:
    """Drop what nobody proved in time."""
    address_proofs.ROWS.forget_before(tx, tx.now - one_time_code.WAITS - one_time_code.LIVES)


def dialled(phone: str) -> str:
    """Write a phone number in the form in which they are compared. Raises BadPhone."""
    try:
        return phone_number(phone)
    except PhoneInvalid as reason:
        raise BadPhone from reason


def _told(tx: Transaction, record: ProofRecord, codes: Codes) -> AddressProof:
    proof_notices.tell_codes(tx, record, codes)
    return AddressProof(
        proof_id=record.proof_id,
        codes_expire_at=record.codes_expire_at,
        resend_at=record.sent_at + one_time_code.RESEND_AFTER,
        tries_left=one_time_code.TRIES - record.tries,
    )
