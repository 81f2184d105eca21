"""Another phone, another mailbox: whoever is signed in proves it with a code, and with the password before.

The addresses before are told, so that nobody takes an account over unnoticed. Sessions go on.
"""

from chassis.database import Transaction
from contracts.requests.address_proofs import AddressProof, FinishContactChange, StartContactChange
from contracts.requests.profile import GetProfile, Profile
from services.booking.errors import CodeExpired, ContactMissing, UnknownAccount
from services.booking.handlers import address_proofs
from services.booking.handlers.address_proofs import Wanted, dialled
from services.booking.handlers.contact import email_address
from services.booking.handlers.hall_names import get_profile
from services.booking.handlers.identifier import known_form
from services.booking.handlers.one_time_codes import Codes
from services.booking.handlers.sessions import SignIn, prove_again
from services.booking.store import owners


def start_contact_change(tx: Transaction, command: StartContactChange, *, sign_in: SignIn) -> AddressProof:
    """Send a code to each new address.

    Raises ContactMissing, also where they are reached there already, BadPhone, SignInFailed, TooManyAttempts,
    and UnknownAccount for who has none.
    """
    if command.phone is None and command.email is None:
        raise ContactMissing
    phone = None if command.phone is None else dialled(command.phone)
    email = None if command.email is None else email_address(command.email)
    proven = prove_again(tx, command.person_id, command.password, command.address, sign_in=sign_in)
    owner = owners.lock(tx, proven.subject)
    if owner is None:
        raise UnknownAccount
    # What stays as it is needs no code: who has lost that phone could not read it.
    phone = None if phone == owner.phone else phone
    email = None if email == owner.email else email
    if phone is None and email is None:
        raise ContactMissing
    wanted = Wanted(
        purpose="contact",
        person_id=owner.person_id,
        subject=owner.person_id,
        phone=phone,
        email=email,
        locale=owner.locale,
        address=command.address,
    )
    codes = Codes.drawn(phone=phone is not None, email=email is not None)
    return address_proofs.begin(tx, wanted, codes, vault=sign_in.vault)


def finish_contact_change(tx: Transaction, command: FinishContactChange, *, sign_in: SignIn) -> Profile:
    """Reach the person there from now on. Raises BadCode, CodeExpired, AccountExists."""
    codes = Codes.typed(command.phone_code, command.email_code)
    record = address_proofs.prove("contact", command.proof_id, codes, sign_in=sign_in)
    if record.person_id != known_form(command.person_id):
        raise CodeExpired
    owner = address_proofs.take(tx, record)
    address_proofs.make_theirs(tx, owner, record)
    return get_profile(tx, GetProfile(person_id=owner.person_id))
