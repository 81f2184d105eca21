"""What addresses are told that wait to be proved, and what an account's owner is told when it is another."""

from datetime import timedelta

from chassis.database import Transaction
from contracts.events import ContactChanged, ProofCodeIssued, ProofDeclined, SignInChanged
from contracts.events.accounts import SignInPart
from contracts.words import Channel
from services.booking.handlers.one_time_codes import Codes
from services.booking.store import registrations
from services.booking.store.address_proofs import ProofRecord
from services.booking.store.owners import Owner

_CHANGE_OF_USE = timedelta(days=3)
"""How long it is still worth telling somebody that their account is signed in to with something else."""


def tell_codes(tx: Transaction, record: ProofRecord, codes: Codes) -> None:
    """Have each address told its code, or, where it is of no use, that it is not.

    Of an address without an account, or with somebody else's, the code is told to nobody.
    """
    taken = registrations.known(tx, phone=record.phone, email=record.email, besides=record.person_id)
    is_nobodys = record.person_id is None
    told: tuple[tuple[Channel, str | None, str, bool], ...] = (
        ("whatsapp", record.phone, codes.phone, taken.phone),
        ("email", record.email, codes.email, taken.email),
    )
    for channel, address, code, is_taken in told:
        if address is None:
            continue
        facts = {
            "version": record.sends,
            "proof_id": record.proof_id,
            "purpose": record.purpose,
            "channel": channel,
            "address": address,
            "locale": record.locale,
            "expires_at": record.codes_expire_at,
        }
        if is_nobodys:
            # Once is enough for who did not ask.
            if record.sends == 1:
                tx.emit(ProofDeclined(**facts, why="unknown"))  # type: ignore[arg-type]  # of several types
        elif is_taken:
            tx.emit(ProofDeclined(**facts, why="taken"))  # type: ignore[arg-type]
        else:
            tx.emit(ProofCodeIssued(**facts, code=code))  # type: ignore[arg-type]


def tell_contact(tx: Transaction, owner: Owner) -> None:
    """Tell how a person is reached from now on."""
    tx.emit(
        ContactChanged(
            version=owner.version,
            person_id=owner.person_id,
            display_name=owner.display_name,
            phone=owner.phone,
            email=owner.email,
            locale=owner.locale,
        )
    )


def tell_of_change(tx: Transaction, owner: Owner, what: SignInPart, *, version: int) -> None:
    """Tell an account's owner that it is signed in to with something else, where they were reached before."""
    reached: tuple[tuple[Channel, str], ...] = (("whatsapp", owner.phone), ("email", owner.email))
    for channel, address in reached:
        tx.emit(
            SignInChanged(
                version=version,
                person_id=owner.person_id,
                what=what,
                channel=channel,
                address=address,
                locale=owner.locale,
                expires_at=tx.now + _CHANGE_OF_USE,
            )
        )
