"""One-time codes, whatever waits for them: drawn, kept as digests, sent anew, compared.

Who is told a code, and in which words, is decided by what waits: `registration_notices.py`,
`proof_notices.py`.
"""

import hmac
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any, Self, TypeVar

from chassis.database import Transaction
from services.booking.domain import one_time_code
from services.booking.errors import BadCode, CodeExpired, CodesSentAlready, TooManyAttempts
from services.booking.handlers.identity_vault import IdentityVault
from services.booking.store.code_rows import CodeRecord, CodeRows, Crowd

R = TypeVar("R", bound=CodeRecord)

_NONE = ""
"""What stands in place of the code of an address that is not proved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """A code for the phone and one for the mailbox, as they are typed."""

    phone: str
    email: str

    @classmethod
    def drawn(cls, *, phone: bool = True, email: bool = True) -> Self:
        """Draw a code for each address that is to be proved."""
        return cls(phone=_drawn() if phone else _NONE, email=_drawn() if email else _NONE)

    @classmethod
    def typed(cls, phone: str | None, email: str | None) -> Self:
        """Read what somebody typed, of the one address or of both."""
        return cls(phone=phone or _NONE, email=email or _NONE)

    def digests(self, vault: IdentityVault, row_id: str) -> tuple[bytes, bytes]:
        """Make what is stored of them: the phone's and the mailbox's."""
        return (
            vault.code_digest(row_id, "whatsapp", self.phone),
            vault.code_digest(row_id, "email", self.email),
        )


def first(tx: Transaction, codes: Codes, row_id: str, vault: IdentityVault) -> dict[str, Any]:
    """Make what a new row has of its codes: all fields of a CodeRecord but from where it was asked for."""
    phone_code_digest, email_code_digest = codes.digests(vault, row_id)
    return {
        "phone_code_digest": phone_code_digest,
        "email_code_digest": email_code_digest,
        "tries": 0,
        "sends": 1,
        "sent_at": tx.now,
        "codes_expire_at": tx.now + one_time_code.LIVES,
        "created_at": tx.now,
    }


def check_crowd(crowd: Crowd) -> None:
    """Let nobody have codes sent too often. Raises TooManyAttempts."""
    if (
        crowd.of_person >= one_time_code.MOST_OF_ONE_PERSON
        or crowd.of_address >= one_time_code.MOST_OF_ONE_ADDRESS
    ):
        raise TooManyAttempts(retry_seconds=one_time_code.WAITS.total_seconds())


def send_anew(tx: Transaction, rows: CodeRows[R], row_id: str, vault: IdentityVault) -> tuple[R, Codes]:
    """Draw other codes for a row; those before are worth nothing. Raises CodeExpired, CodesSentAlready."""
    record = rows.lock(tx, row_id)
    if record is None or record.created_at + one_time_code.WAITS <= tx.now:
        raise CodeExpired
    if record.sends >= one_time_code.MOST_SENDS:
        raise CodesSentAlready
    wait_seconds = one_time_code.resend_seconds(record.sent_at, now=tx.now)
    if wait_seconds > 0:
        raise CodesSentAlready(retry_seconds=wait_seconds)
    no_phone, no_email = Codes(phone=_NONE, email=_NONE).digests(vault, row_id)
    codes = Codes.drawn(
        phone=record.phone_code_digest != no_phone, email=record.email_code_digest != no_email
    )
    anew = {**first(tx, codes, row_id, vault), "sends": record.sends + 1, "created_at": record.created_at}
    record = replace(record, **anew)
    rows.renew(tx, record)
    return record, codes


def prove(
    transactions: Callable[[], AbstractContextManager[Transaction]],
    rows: CodeRows[R],
    row_id: str,
    codes: Codes,
    vault: IdentityVault,
    *,
    counts: Callable[[R], bool] = lambda _: True,
) -> R:
    """Compare the codes, in a time that tells nothing of either. Raises CodeExpired, BadCode.

    Wrong ones are counted in a transaction of its own, as they count although the request is refused; the row
    is locked meanwhile, so guesses that come together count too. Right ones cost no try: a request that
    has to be decided anew finds them right once more. Of a row that does not count (`counts`) none are right.
    """
    with transactions() as counting:
        record = rows.lock(counting, row_id)
        if record is None or record.tries >= one_time_code.TRIES or record.codes_expire_at <= counting.now:
            raise CodeExpired
        phone, email = codes.digests(vault, row_id)
        phone_is_right = hmac.compare_digest(phone, record.phone_code_digest)
        email_is_right = hmac.compare_digest(email, record.email_code_digest)
        is_right = phone_is_right & email_is_right & counts(record)
        if not is_right:
            rows.count_wrong(counting, row_id)
    if not is_right:
        raise BadCode(tries_left=one_time_code.TRIES - record.tries - 1)
    return record


def _drawn() -> str:
    return f"{secrets.randbelow(10**one_time_code.DIGITS):0{one_time_code.DIGITS}}"
