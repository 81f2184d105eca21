"""Overrides of what a NIK tells."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from services.booking.store.identity_tables import nik_override


def put(tx: Transaction, identity_digest: bytes, *, override_id: str, expires_at: datetime) -> None:
    """Keep an override, in place of an earlier one of the same identity."""
    values = {"override_id": override_id, "identity_digest": identity_digest, "expires_at": expires_at}
    statement = insert(nik_override).values(values)
    changes = {"override_id": override_id, "expires_at": expires_at}
    tx.execute(statement.on_conflict_do_update(index_elements=["identity_digest"], set_=changes))


def is_there(tx: Transaction, identity_digest: bytes) -> bool:
    """Say whether there is one that still counts."""
    statement = select(nik_override.c.override_id).where(
        nik_override.c.identity_digest == identity_digest, nik_override.c.expires_at > tx.now
    )
    return tx.execute(statement).one_or_none() is not None


def forget_expired(tx: Transaction) -> None:
    """Drop those that count no longer."""
    tx.execute(delete(nik_override).where(nik_override.c.expires_at <= tx.now))
