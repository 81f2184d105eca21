"""Failed sign-ins of late, under a digest of the login or of the network address."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select

from chassis.database import Transaction
from services.booking.store.identity_tables import sign_in_failure


def failed_at(tx: Transaction, digest: bytes, *, after: datetime, most: int) -> list[datetime]:
    """List when sign-ins failed, the newest first and at most so many."""
    statement = (
        select(sign_in_failure.c.failed_at)
        .where(sign_in_failure.c.login_digest == digest, sign_in_failure.c.failed_at > after)
        .order_by(sign_in_failure.c.failed_at.desc())
        .limit(most)
    )
    return list(tx.execute(statement).scalars())


def add(tx: Transaction, digests: Sequence[bytes]) -> None:
    """Remember a failed sign-in, under each of the digests."""
    rows = [{"login_digest": digest, "failed_at": tx.now} for digest in digests]
    tx.execute(insert(sign_in_failure), rows)


def forget(tx: Transaction, digest: bytes) -> None:
    """Begin anew after a sign-in that succeeded."""
    tx.execute(delete(sign_in_failure).where(sign_in_failure.c.login_digest == digest))


def forget_before(tx: Transaction, instant: datetime) -> None:
    """Drop what no longer counts."""
    tx.execute(delete(sign_in_failure).where(sign_in_failure.c.failed_at < instant))
