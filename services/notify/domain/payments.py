"""Which messages an event of a payment asks for.

    BookingHeld ──▶ payment_due
    BookingExpired ──▶ payment_expired
    HoldGivenUp ──▶ hold_given_up
    PaymentSettled ──▶ payment_moved, payment_credited
    RefundDue ──▶ payment_refund_due

Money that confirms or restores a place needs no message of its own, as SlotBooked tells it; but nobody is
told to pay any more.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from contracts.events import BookingExpired, BookingHeld, PaymentSettled, RefundDue
from contracts.events.payment import PaymentState
from contracts.words import Channel
from services.notify.domain.messages import Message, Template

MONEY_OF_USE = timedelta(days=30)
"""How long after its slot it is still worth telling what became of somebody's money."""

_BOTH: tuple[Channel, ...] = ("whatsapp", "email")
_OF_OUTCOME: Mapping[str, Template] = {"moved": "payment_moved", "credited": "payment_credited"}


def of_payment(event: PaymentState) -> tuple[Message, ...]:
    """Tell who has to pay how much and until when, that nothing is to be paid any more, or what money bought.

    Of money that was not owed while the bill stands nothing is told here: the bill is still to be paid.
    """
    template = _template_of(event)
    if template is None and event.status == "due":
        return ()
    return tuple(
        Message(
            topic=f"payment/{event.payment_id}",
            version=event.version,
            template=template or "payment_due",
            occurrence=1 if template else event.version,
            channel=channel,
            person_id=event.person_id,
            office=event.office,
            facts=_facts_of(event),
            urgent=template == "payment_due",
            expires_at=_of_use_until(event),
            told=template is not None,
        )
        for channel in _BOTH
    )


def of_refund(event: RefundDue) -> tuple[Message, ...]:
    """Tell that money has to go back, how much and why; it makes nothing else that is told pointless."""
    return tuple(
        Message(
            topic=f"refund/{event.refund_id}",
            version=event.version,
            template="payment_refund_due",
            occurrence=1,
            channel=channel,
            person_id=event.person_id,
            office=event.office,
            facts={
                "code": event.code,
                "amount": event.amount,
                "why": event.reason,
                "reference": event.refund_id,
            },
            urgent=False,
            expires_at=event.ends_at + MONEY_OF_USE,
        )
        for channel in _BOTH
    )


def _facts_of(event: PaymentState) -> dict[str, str | int]:
    facts: dict[str, str | int] = {
        "code": event.code,
        "service": event.service,
        "starts_at": event.starts_at.isoformat(),
        "billing_code": event.billing_code,
        "amount": event.amount,
        "due_at": event.due_at.isoformat(),
    }
    why = event.cause if isinstance(event, BookingExpired | PaymentSettled) else None
    return facts if why is None else {**facts, "why": why}


def _template_of(event: PaymentState) -> Template | None:
    if isinstance(event, PaymentSettled):
        return _OF_OUTCOME.get(event.outcome)
    if isinstance(event, BookingExpired):
        return "payment_expired"
    return "payment_due" if isinstance(event, BookingHeld) else "hold_given_up"


def _of_use_until(event: PaymentState) -> datetime:
    if isinstance(event, PaymentSettled):
        return event.ends_at + MONEY_OF_USE
    return event.due_at if isinstance(event, BookingHeld) else event.ends_at
