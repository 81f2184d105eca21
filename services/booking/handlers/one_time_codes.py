"""Making one-time codes, and telling them, or that there is an account already, over each channel."""

import hmac
import secrets
from dataclasses import dataclass

from chassis.database import Transaction
from contracts.events import CodeIssued, RegistrationRepeated
from contracts.events.accounts import RepeatedAbout
from contracts.words import Channel
from services.booking.domain.one_time_code import DIGITS
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.store.registrations import Known, RegistrationRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The two codes of a registration, as they are typed."""

    phone: str
    email: str

    @classmethod
    def drawn(cls) -> "Codes":
        """Draw two codes."""
        return cls(phone=_drawn(), email=_drawn())

    def digests(self, vault: IdentityVault, registration_id: str) -> tuple[bytes, bytes]:
        """Make what is stored of them: the phone's and the mailbox's."""
        return (
            vault.code_digest(registration_id, "whatsapp", self.phone),
            vault.code_digest(registration_id, "email", self.email),
        )


def are_right(codes: Codes, record: RegistrationRecord, vault: IdentityVault) -> bool:
    """Compare both codes, in a time that tells nothing of either."""
    phone, email = codes.digests(vault, record.registration_id)
    phone_is_right = hmac.compare_digest(phone, record.phone_code_digest)
    email_is_right = hmac.compare_digest(email, record.email_code_digest)
    return phone_is_right & email_is_right


def tell(tx: Transaction, record: RegistrationRecord, codes: Codes, known: Known) -> None:
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


def _drawn() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
