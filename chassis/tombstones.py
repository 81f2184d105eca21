"""Ids of subjects that were erased for good: what comes late must not bring them back.

    erasure       bury their ids ──▶ drop what there is of them
    late event    which of its ids are buried? ──▶ keep what it tells, without those

An erasure waits for those who have asked and not yet committed, and others who ask wait for the erasure. So
either it finds what they kept, or they find the tombstone.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import (
    ARRAY,
    Column,
    DateTime,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Uuid,
    bindparam,
    delete,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction

tombstone = Table(
    "tombstone",
    MetaData(),
    Column("id", Uuid(as_uuid=False), nullable=False),
    Column("buried_at", DateTime(timezone=True), nullable=False),
    PrimaryKeyConstraint("id", name="tombstone_pkey"),
    Index("tombstone_buried_at", "buried_at"),
)
"""An id and when it was erased; a service that erases adds it to its own tables with `to_metadata`."""

_LOCK_SPACE = 2
"""The chassis's lock space 1 is the inbox's."""

_LOCK = text(f"SELECT pg_advisory_xact_lock({_LOCK_SPACE}, 0)")
_LOCK_SHARED = text(f"SELECT pg_advisory_xact_lock_shared({_LOCK_SPACE}, 0)")
_IDS = bindparam("ids", type_=ARRAY(tombstone.c.id.type))
_BURY = (
    insert(tombstone)
    .from_select(
        ["id", "buried_at"],
        select(func.unnest(_IDS), bindparam("at", type_=tombstone.c.buried_at.type)),
    )
    .on_conflict_do_nothing()
)
_BURIED = select(tombstone.c.id).where(tombstone.c.id == func.any(_IDS))
_FORGET = delete(tombstone).where(tombstone.c.buried_at < bindparam("before"))


def bury(tx: Transaction, ids: Collection[str]) -> None:
    """Keep ids of subjects that are erased in this transaction, before what there is of them is dropped."""
    tx.execute(_LOCK)
    tx.execute(_BURY, {"ids": sorted(set(ids)), "at": tx.now})


def buried(tx: Transaction, ids: Collection[str]) -> set[str]:
    """Tell which of these subjects were erased; no other is, until this transaction has ended."""
    if not ids:
        return set()
    tx.execute(_LOCK_SHARED)
    return set(tx.execute(_BURIED, {"ids": sorted(set(ids))}).scalars())


def forget(tx: Transaction, *, before: datetime) -> None:
    """Drop the tombstones of subjects that were erased before a moment."""
    tx.execute(_FORGET, {"before": before})
