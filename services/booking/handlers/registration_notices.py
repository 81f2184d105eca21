"""What the addresses of a registration are told: their code, or that there is an account already."""

from chassis.database import Transaction
from contracts.events import CodeIssued, RegistrationRepeated
from contracts.events.accounts import RepeatedAbout
from contracts.words import Channel
from services.booking.handlers.one_time_codes import Codes
from services.booking.store.registrations import Known, RegistrationRecord


def tell_codes(tx: Transaction, record: RegistrationRecord, codes: Codes, known: Known) -> None:
    """Have each address told its code, or, where it has an account, that it has one.

    Of an address with an account the code is told to nobody, so the registration cannot be completed.
    """
    told: tuple[tuple[Channel, str, str, bool], ...] = (
        ("whatsapp", record.phone, codes.phone, known.phone),
        ("email", record.email, codes.email, known.email),
    )
    for channel, address, code, is_known in told:
        if is_known:
            tell_of_account(tx, record, channel, address)
            continue
        tx.emit(
            CodeIssued(
                version=record.sends,
                registration_id=record.registration_id,
                channel=channel,
                address=address,
                locale=record.locale,
                expires_at=record.codes_expire_at,
                code=code,
            )
        )


def tell_of_account(
    tx: Transaction,
    record: RegistrationRecord,
    channel: Channel,
    address: str,
    *,
    why: RepeatedAbout = "account",
) -> None:
    """Tell the owner of an account that somebody registers with what is theirs, or their family's, or did."""
    tx.emit(
        RegistrationRepeated(
            version=record.sends,
            registration_id=record.registration_id,
            channel=channel,
            address=address,
            locale=record.locale,
            expires_at=record.codes_expire_at,
            about=why,
        )
    )
