"""The payments, and the money that arrived."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta

from sqlalchemy import ARRAY, BigInteger, Text, bindparam, delete, exists, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from chassis.database import Transaction
from contracts.words import RefundReason, SettlementOutcome
from services.booking.domain.booking import Booking
from services.booking.domain.payment import Payment
from services.booking.store.affected import has_withdrawn_slot
from services.booking.store.payment_tables import payment, settlement
from services.booking.store.tables import ID, booking


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


_NEW = (
    func.unnest(*(bindparam(column.name, type_=ARRAY(column.type)) for column in _PAYMENT))
    .table_valued(*(column.name for column in _PAYMENT))
    .render_derived()
)
_ADD = insert(payment).from_select(
    [column.name for column in _PAYMENT], select(*(_NEW.c[column.name] for column in _PAYMENT))
)
_CHANGED = (
    func.unnest(
        bindparam("payment_ids", type_=ARRAY(ID)),
        bindparam("statuses", type_=ARRAY(Text)),
        bindparam("versions", type_=ARRAY(BigInteger)),
    )
    .table_valued("payment_id", "status", "version")
    .render_derived()
)
_PUT = (
    update(payment)
    .where(payment.c.payment_id == _CHANGED.c.payment_id)
    .values(status=_CHANGED.c.status, version=_CHANGED.c.version)
)
_COUNT_UNPAID = text("""
    WITH ended AS (
        SELECT coalesce(guardian_id, person_id) AS asker_id, payment_id
        FROM booking JOIN payment USING (payment_id)
        WHERE (guardian_id = ANY(:asker_ids) OR guardian_id IS NULL AND person_id = ANY(:asker_ids))
          AND payment.status <> 'paid' AND payment.due_at > :since
        GROUP BY 1, 2 HAVING bool_and(booking.status IN ('expired', 'cancelled'))
    )
    SELECT asker_id, count(*) AS unpaid FROM ended GROUP BY asker_id
""").bindparams(bindparam("asker_ids", type_=ARRAY(ID)))


def add_payments(tx: Transaction, payments: Sequence[Payment]) -> None:
    """Keep new payments, in one statement however many."""
    tx.execute(_ADD, {column.name: [getattr(new, column.name) for new in payments] for column in _PAYMENT})


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


def take_lapsed(tx: Transaction, *, grace: timedelta, most: int) -> list[Payment]:
    """Lock some payments whose time has been over for `grace`, and that nobody else works on."""
    due = select(*_PAYMENT).where(payment.c.status == "due", payment.c.due_at <= tx.now - grace)
    rows = tx.execute(due.order_by(payment.c.due_at).limit(most).with_for_update(skip_locked=True))
    return [Payment(**row._mapping) for row in rows]


def take_withdrawn(tx: Transaction, *, most: int) -> list[Payment]:
    """Lock some unpaid payments for hours at which the office will not work; not what others work on."""
    closed = select(booking.c.payment_id).where(booking.c.status == "held", has_withdrawn_slot())
    due = select(*_PAYMENT).where(payment.c.status == "due", payment.c.payment_id.in_(closed))
    rows = tx.execute(due.order_by(payment.c.due_at).limit(most).with_for_update(skip_locked=True))
    return [Payment(**row._mapping) for row in rows]


def count_unpaid(tx: Transaction, asker_ids: Collection[str], *, since: datetime) -> dict[str, int]:
    """Count for some persons the holds that ended unpaid, or were given up, and were due since then."""
    rows = tx.execute(_COUNT_UNPAID, {"asker_ids": sorted(asker_ids), "since": since})
    return {str(row.asker_id): row.unpaid for row in rows}


def put_payments(tx: Transaction, changed: Sequence[Payment]) -> None:
    """Keep what locked payments have become, in one statement however many."""
    tx.execute(
        _PUT,
        {
            "payment_ids": [one.payment_id for one in changed],
            "statuses": [one.status for one in changed],
            "versions": [one.version for one in changed],
        },
    )


def forget_unpaid(tx: Transaction, *, before: datetime, most: int) -> int:
    """Drop payments that lapsed before then and whose bookings are forgotten, the oldest first.

    Return how many. What was paid is kept.
    """
    oldest = (
        select(payment.c.payment_id)
        .where(payment.c.status == "lapsed", payment.c.due_at < before)
        .where(~exists().where(booking.c.payment_id == payment.c.payment_id))
        .order_by(payment.c.due_at)
        .limit(most)
    )
    return tx.execute(delete(payment).where(payment.c.payment_id.in_(oldest))).rowcount


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
