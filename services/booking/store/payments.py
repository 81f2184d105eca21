"""The payments, and the money that arrived."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from contracts.words import RefundReason, SettlementOutcome
from services.booking.domain.booking import Booking
from services.booking.domain.payment import Payment
from services.booking.store.payment_tables import payment, settlement


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementRecord:
    """Money that arrived, as it is kept."""

    settlement_id: str
    billing_code: str
    amount: int
    paid_at: datetime
    received_at: datetime
    outcome: SettlementOutcome
    refund_reason: RefundReason | None = None


_PAYMENT = tuple(payment.c[field.name] for field in fields(Payment))
_SETTLEMENT = tuple(settlement.c[field.name] for field in fields(SettlementRecord))


def add_payments(tx: Transaction, payments: Sequence[Payment]) -> None:
    """Keep new payments."""
    tx.execute(insert(payment), [asdict(one) for one in payments])


def list_payments(tx: Transaction, payment_ids: Collection[str]) -> dict[str, Payment]:
    """Read payments, by their ids."""
    rows = tx.execute(select(*_PAYMENT).where(payment.c.payment_id.in_(sorted(payment_ids))))
    return {row.payment_id: Payment(**row._mapping) for row in rows}


def payment_of(tx: Transaction, paid_for: Booking) -> Payment | None:
    """Read the payment of a booking, where it has one."""
    return (
        None if paid_for.payment_id is None else list_payments(tx, [paid_for.payment_id])[paid_for.payment_id]
    )


def lock_payments(tx: Transaction, payment_ids: Collection[str]) -> None:
    """Let nobody else change payments or their bookings; this comes before the lock of any slot."""
    query = select(payment.c.payment_id).where(payment.c.payment_id.in_(sorted(payment_ids)))
    tx.execute(query.order_by(payment.c.payment_id).with_for_update())


def lock_of_code(tx: Transaction, billing_code: str) -> Payment | None:
    """Find a payment by its billing code, and lock it as `lock_payments` does."""
    query = select(*_PAYMENT).where(payment.c.billing_code == billing_code).with_for_update()
    row = tx.execute(query).one_or_none()
    return None if row is None else Payment(**row._mapping)


def take_lapsed(tx: Transaction, *, most: int) -> list[Payment]:
    """Lock some payments whose time is over, and that nobody else works on."""
    due = select(*_PAYMENT).where(payment.c.status == "due", payment.c.due_at <= tx.now)
    rows = tx.execute(due.order_by(payment.c.due_at).limit(most).with_for_update(skip_locked=True))
    return [Payment(**row._mapping) for row in rows]


def put_payment(tx: Transaction, changed: Payment) -> None:
    """Keep what a locked payment has become."""
    statement = update(payment).where(payment.c.payment_id == changed.payment_id)
    tx.execute(statement.values(status=changed.status, version=changed.version))


def claim_settlement(tx: Transaction, record: SettlementRecord) -> bool:
    """Keep that money arrived; False where that is known, after who keeps it just now has finished."""
    statement = insert(settlement).values(asdict(record)).on_conflict_do_nothing()
    return tx.execute(statement.returning(settlement.c.settlement_id)).one_or_none() is not None


def find_settlement(tx: Transaction, settlement_id: str) -> SettlementRecord:
    """Read what became of money that arrived."""
    row = tx.execute(select(*_SETTLEMENT).where(settlement.c.settlement_id == settlement_id)).one()
    return SettlementRecord(**row._mapping)


def list_settlements(tx: Transaction, billing_codes: Collection[str]) -> dict[str, list[SettlementRecord]]:
    """List the money that arrived for billing codes, by code, in the order in which it came."""
    query = select(*_SETTLEMENT).where(settlement.c.billing_code.in_(sorted(billing_codes)))
    arrived: dict[str, list[SettlementRecord]] = {}
    for row in tx.execute(query.order_by(settlement.c.received_at, settlement.c.settlement_id)):
        arrived.setdefault(row.billing_code, []).append(SettlementRecord(**row._mapping))
    return arrived


def put_outcome(tx: Transaction, record: SettlementRecord) -> None:
    """Keep what became of money that this transaction has claimed."""
    statement = update(settlement).where(settlement.c.settlement_id == record.settlement_id)
    tx.execute(statement.values(outcome=record.outcome, refund_reason=record.refund_reason))
