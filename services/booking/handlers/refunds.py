"""Money that has to go back: written down where it comes to be owed, open until somebody has given it back.

not owed when it arrives ──┐
share of who gave up ──────┼──▶ open ──given back, with a reference──▶ closed
paid booking cancelled ────┤
signed, and unreadable ────┤
under an id of other money ┘
"""

import base64
from collections.abc import Sequence

import uuid_utils

from chassis.database import Transaction
from contracts.events import RefundDue
from contracts.requests.payment import KeepUnreadableSettlement, Settlement, SettlePayment
from contracts.words import RefundReason
from services.booking import metrics
from services.booking.domain.audit import Deed
from services.booking.domain.booking import Booking
from services.booking.domain.payment import Payment
from services.booking.domain.refund import Refund
from services.booking.handlers import audit
from services.booking.handlers.identifier import known_form
from services.booking.store import refunds
from services.booking.store.payments import SettlementRecord


def owe_shares(tx: Transaction, payment: Payment, given_up: Sequence[Booking], reason: RefundReason) -> None:
    """Owe to some of a payment's people what each of them paid, and tell who made their bookings."""
    owed = [
        _refund(
            tx,
            reason,
            amount=payment.share,
            billing_code=payment.billing_code,
            payment_id=payment.payment_id,
            booking_id=one.booking_id,
            **_whose(one),
        )
        for one in given_up
    ]
    if owed:
        refunds.add_refunds(tx, owed)
    for refund, booking in zip(owed, given_up, strict=True):
        _tell(tx, refund, booking)


def owe_money(
    tx: Transaction, record: SettlementRecord, payment: Payment | None, party: Sequence[Booking]
) -> None:
    """Owe the whole of what arrived and was for nothing; who paid it is told where a booking says who."""
    if record.refund_reason is None:
        raise ValueError(f"nothing of {record.settlement_id} has to go back")
    owed = _refund(
        tx,
        record.refund_reason,
        amount=record.amount,
        billing_code=record.billing_code,
        settlement_id=record.settlement_id,
        payment_id=None if payment is None else payment.payment_id,
        **(_whose(party[0]) if party else {}),
    )
    refunds.add_refunds(tx, [owed])
    _tell(tx, owed, party[0] if party else None)


def keep_unreadable_settlement(tx: Transaction, command: KeepUnreadableSettlement) -> Settlement:
    """Keep what the provider signed and nobody can read, once; somebody has to look at it."""
    told = base64.b64decode(command.body)
    unreadable = _refund(tx, "unreadable", settlement_id=command.webhook_id, told=told)
    if refunds.add_once(tx, unreadable):
        _count(tx, unreadable)
    return Settlement(
        settlement_id=command.webhook_id, billing_code=None, outcome="refund_due", refund_reason="unreadable"
    )


def keep_reused(tx: Transaction, command: SettlePayment) -> Settlement:
    """Keep money that is told under an id of other money, once; nobody can know whether it is there."""
    unclear = _refund(
        tx,
        "settlement_id_reused",
        amount=command.amount,
        billing_code=command.billing_code,
        settlement_id=command.settlement_id,
    )
    if refunds.add_once(tx, unclear):
        _count(tx, unclear)
    return Settlement(
        settlement_id=command.settlement_id,
        billing_code=command.billing_code,
        outcome="refund_due",
        refund_reason="settlement_id_reused",
    )


def close_refund(tx: Transaction, refund_id: str, reference: str, *, actor: str, key: bytes) -> Refund | None:
    """Keep that money was given back, and write it down; None where no open refund has this id."""
    closed = refunds.close(tx, known_form(refund_id), reference)
    if closed is not None:
        deed = Deed(
            actor=actor,
            role="admin",
            office=closed.office,
            action="refund_closed",
            subject=closed.refund_id,
            details={"reason": closed.reason, "amount": str(closed.amount), "reference": reference},
        )
        audit.record(tx, deed, key=key)
    return closed


def measure_refunds(tx: Transaction) -> None:
    """Show operations how much is open, and for how long."""
    waiting = {one.reason: one for one in refunds.count_open(tx)}
    for reason in metrics.REASONS:
        found = waiting.get(reason)
        metrics.REFUNDS_OPEN.labels(reason).set(found.refunds if found else 0)
        seconds = (tx.now - found.oldest).total_seconds() if found else 0
        metrics.REFUNDS_OLDEST_SECONDS.labels(reason).set(seconds)


def _refund(tx: Transaction, reason: RefundReason, **known: str | int | bytes | None) -> Refund:
    return Refund(refund_id=str(uuid_utils.uuid7()), reason=reason, created_at=tx.now, **known)  # type: ignore[arg-type]  # the fields are given by name


def _whose(booking: Booking) -> dict[str, str]:
    return {"code": booking.code, "office": booking.office, "person_id": booking.asker_id}


def _tell(tx: Transaction, refund: Refund, booking: Booking | None) -> None:
    _count(tx, refund)
    if booking is None or refund.amount is None or refund.billing_code is None:
        return
    tx.emit(
        RefundDue(
            version=1,
            refund_id=refund.refund_id,
            person_id=booking.asker_id,
            code=booking.code,
            office=booking.office,
            service=booking.service,
            ends_at=booking.ends_at,
            billing_code=refund.billing_code,
            amount=refund.amount,
            reason=refund.reason,
        )
    )


def _count(tx: Transaction, refund: Refund) -> None:
    """A transaction that is undone owes nothing."""
    tx.after_commit(metrics.REFUNDS_DUE.labels(refund.reason).inc)
