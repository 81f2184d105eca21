"""Money that has to go back, until somebody has given it back."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from contracts.words import RefundReason
from services.booking.domain.refund import Refund
from services.booking.store.payment_tables import refund

_REFUND = tuple(refund.c[field.name] for field in fields(Refund))
_OPEN = refund.c.closed_at.is_(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many refunds of a reason are open, and since when the oldest of them is."""

    reason: RefundReason
    refunds: int
    oldest: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GoesBack:
    """Money that goes back, and since when it has."""

    refund: Refund
    closed_at: datetime | None


def add_refunds(tx: Transaction, refunds: Sequence[Refund]) -> None:
    """Keep that money has to go back."""
    tx.execute(insert(refund).values([asdict(one) for one in refunds]))


def add_once(tx: Transaction, unclear: Refund) -> bool:
    """Keep what nobody can place; False where the same message is kept already."""
    statement = insert(refund).values(asdict(unclear)).on_conflict_do_nothing()
    return tx.execute(statement.returning(refund.c.refund_id)).one_or_none() is not None


def list_open(tx: Transaction, *, most: int) -> list[Refund]:
    """List what nobody has given back yet, the oldest first."""
    query = select(*_REFUND).where(_OPEN).order_by(refund.c.created_at, refund.c.refund_id).limit(most)
    return [Refund(**row._mapping) for row in tx.execute(query)]


def of_payments(tx: Transaction, payment_ids: Collection[str]) -> dict[str, list[GoesBack]]:
    """List all money that goes back, or went, for some payments, by payment, the oldest first."""
    query = select(*_REFUND, refund.c.closed_at).where(refund.c.payment_id.in_(sorted(payment_ids)))
    found: dict[str, list[GoesBack]] = {}
    for row in tx.execute(query.order_by(refund.c.created_at, refund.c.refund_id)):
        known = dict(row._mapping)
        closed_at = known.pop("closed_at")
        found.setdefault(row.payment_id, []).append(GoesBack(refund=Refund(**known), closed_at=closed_at))
    return found


def count_open(tx: Transaction) -> list[Waiting]:
    """Count what nobody has given back yet, by reason."""
    query = select(
        refund.c.reason, func.count().label("refunds"), func.min(refund.c.created_at).label("oldest")
    )
    rows = tx.execute(query.where(_OPEN).group_by(refund.c.reason))
    return [Waiting(**row._mapping) for row in rows]


def close(tx: Transaction, refund_id: str, reference: str) -> Refund | None:
    """Keep that money was given back, and how; None where no open refund has this id."""
    statement = update(refund).where(refund.c.refund_id == refund_id, _OPEN)
    row = tx.execute(
        statement.values(closed_at=tx.now, reference=reference).returning(*_REFUND)
    ).one_or_none()
    return None if row is None else Refund(**row._mapping)
